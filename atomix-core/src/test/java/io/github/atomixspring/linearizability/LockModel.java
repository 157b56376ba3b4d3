/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.atomixspring.linearizability;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reentrant locks by name, whose grants carry a fencing token that grows from grant to
 * grant for ever.
 * <p>
 * The log's view counts: a holder keeps the lock until it releases it or its session
 * expires. A fault that may cost a session its life is recorded as an
 * {@linkplain Input#expire expire} operation, invoked when the fault begins, with an
 * unknown outcome; it becomes known when the session is told that it has expired. From an
 * expiry that took effect on, no lock may be granted to that session.
 * <p>
 * A claim is <em>abandoned</em> if its holder cannot rely on it: the grant was never told
 * (the outcome of the acquisition is unknown), or the release was answered by
 * {@link Answer#LOST}. The cluster may take it back at any time without anybody seeing
 * it. A grant whose token was never told does not use up a number, and the end of a lease
 * is recorded as a release with an unknown outcome.
 *
 * @since 0.1.0
 */
public final class LockModel implements Model<LockModel.State, LockModel.Input, LockModel.Output> {

	@Override
	public State initialState() {
		return new State(null, 0, false, Long.MIN_VALUE, Set.of());
	}

	@Override
	public Set<State> step(State state, Input input, Output output) {
		boolean legal = switch (output.answer()) {
			case GRANTED -> state.grants(input.owner(), output.token());
			case REFUSED -> state.holder() != null && (state.abandoned() || !state.isHeldBy(input.owner()));
			case RELEASED -> state.isHeldBy(input.owner());
			case NOT_OWNER -> state.abandoned() || !state.isHeldBy(input.owner());
			case LOST, EXPIRED -> true;
		};
		return (legal) ? Set.of(next(state, input, output)) : Set.of();
	}

	private State next(State state, Input input, Output output) {
		return switch (output.answer()) {
			case GRANTED -> state.granted(input.owner(), output.token());
			case RELEASED -> state.released();
			case LOST -> (state.isHeldBy(input.owner())) ? state.lost() : state;
			case EXPIRED -> state.expired(input.session());
			case REFUSED, NOT_OWNER -> state;
		};
	}

	@Override
	public Set<State> stepUnknown(State state, Input input) {
		boolean effective = switch (input.kind()) {
			case ACQUIRE ->
				!state.dead().contains(input.session()) && (state.isFree() || state.isHeldBy(input.owner()));
			case RELEASE -> !state.isFree() && state.isHeldBy(input.owner());
			case EXPIRE -> !state.isFree() && state.isHeldIn(input.session());
		};
		// The end of an abandoned claim would make nothing legal that is not so already
		if (!effective) {
			return Set.of();
		}
		return Set.of(switch (input.kind()) {
			case ACQUIRE -> state.promised(input.owner());
			case RELEASE -> state.released();
			case EXPIRE -> state.expired(input.session());
		});
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable Output output) {
		return output != null && (output.answer() == Answer.REFUSED || output.answer() == Answer.NOT_OWNER);
	}

	@Override
	public boolean isOutOfReach(State state, Input input, Output output) {
		return output.answer() == Answer.GRANTED
				&& (output.token() < state.token() || state.dead().contains(input.session()));
	}

	@Override
	public @Nullable Object partition(Input input) {
		return input.lock();
	}

	/**
	 * What may be asked of a lock.
	 */
	public enum Kind {

		/**
		 * Asks for the lock, waiting or not; answers {@link Answer#GRANTED} or
		 * {@link Answer#REFUSED}.
		 */
		ACQUIRE,

		/**
		 * Gives the lock back; answers {@link Answer#RELEASED}, {@link Answer#NOT_OWNER}
		 * or {@link Answer#LOST}.
		 */
		RELEASE,

		/**
		 * Ends a session and with it all its claims; answers {@link Answer#EXPIRED}.
		 */
		EXPIRE

	}

	/**
	 * What a lock may answer.
	 */
	public enum Answer {

		/**
		 * The caller holds the lock with the given token.
		 */
		GRANTED,

		/**
		 * Another owner holds the lock.
		 */
		REFUSED,

		/**
		 * The lock was given back (or is held once less).
		 */
		RELEASED,

		/**
		 * The replicated state says that the caller does not hold the lock.
		 */
		NOT_OWNER,

		/**
		 * The caller has to give its claim up, whatever the replicated state says.
		 */
		LOST,

		/**
		 * The session is known to have expired.
		 */
		EXPIRED

	}

	/**
	 * One who can hold a lock.
	 *
	 * @param session the session, whose name is never used again
	 * @param thread the thread or the handle within the session
	 */
	public record Owner(String session, String thread) {
	}

	/**
	 * Operation on a lock.
	 *
	 * @param kind what is asked
	 * @param lock the lock, {@code null} if all of them are concerned
	 * @param session the session of the caller, or that expires
	 * @param thread the thread of the caller, empty if a session expires
	 */
	public record Input(Kind kind, @Nullable String lock, String session, String thread) {

		public static Input acquire(String lock, String session, String thread) {
			return new Input(Kind.ACQUIRE, lock, session, thread);
		}

		public static Input release(String lock, String session, String thread) {
			return new Input(Kind.RELEASE, lock, session, thread);
		}

		public static Input expire(String session) {
			return new Input(Kind.EXPIRE, null, session, "");
		}

		Owner owner() {
			return new Owner(this.session, this.thread);
		}

	}

	/**
	 * Answer of a lock.
	 *
	 * @param answer what it says
	 * @param token the fencing token of a grant, otherwise zero
	 */
	public record Output(Answer answer, long token) {

		public static Output granted(long token) {
			return new Output(Answer.GRANTED, token);
		}

		public static Output of(Answer answer) {
			return new Output(answer, 0);
		}

	}

	/**
	 * State of one lock. Dead sessions do not count in comparisons: they follow from the
	 * operations that have taken effect, and fewer of them only make more legal.
	 *
	 * @param holder the holder, {@code null} if there is none
	 * @param holds how many times it holds the lock
	 * @param abandoned whether the claim may be taken back silently
	 * @param token the highest token that was ever told
	 * @param dead sessions that have expired
	 */
	record State(@Nullable Owner holder, int holds, boolean abandoned, long token, Set<String> dead) {

		boolean isFree() {
			return this.holder == null || this.abandoned;
		}

		boolean isHeldBy(Owner owner) {
			return owner.equals(this.holder);
		}

		boolean isHeldIn(String session) {
			return this.holder != null && this.holder.session().equals(session);
		}

		boolean grants(Owner owner, long token) {
			return !this.dead.contains(owner.session())
					&& ((isFree()) ? token > this.token : isHeldBy(owner) && token == this.token);
		}

		State granted(Owner owner, long token) {
			return new State(owner, (isFree()) ? 1 : this.holds + 1, false, token, this.dead);
		}

		State promised(Owner owner) {
			return (isFree()) ? new State(owner, 1, true, this.token, this.dead)
					: new State(owner, this.holds + 1, false, this.token, this.dead);
		}

		State lost() {
			return new State(this.holder, this.holds, true, this.token, this.dead);
		}

		State released() {
			return (this.holds > 1) ? new State(this.holder, this.holds - 1, this.abandoned, this.token, this.dead)
					: new State(null, 0, false, this.token, this.dead);
		}

		State expired(String session) {
			Set<String> dead = new HashSet<>(this.dead);
			dead.add(session);
			return (isHeldIn(session)) ? new State(null, 0, false, this.token, dead)
					: new State(this.holder, this.holds, this.abandoned, this.token, dead);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof State that && Objects.equals(this.holder, that.holder) && this.holds == that.holds
					&& this.abandoned == that.abandoned && this.token == that.token;
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.holder, this.holds, this.abandoned, this.token);
		}

	}

}
