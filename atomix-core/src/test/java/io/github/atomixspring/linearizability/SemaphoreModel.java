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
import java.util.Set;
import java.util.stream.Collectors;

import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.LockModel.Input;
import io.github.atomixspring.linearizability.LockModel.Kind;
import io.github.atomixspring.linearizability.LockModel.Output;
import io.github.atomixspring.linearizability.LockModel.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore whose permits are acquired one at a time, in the words of a lock that so
 * many owners may hold at once. Each owner acquires once.
 * <p>
 * As with locks, an acquisition whose outcome is unknown may have got a permit, and the
 * cluster may take it back at any time without anybody seeing it: it is
 * <em>promised</em>.
 *
 * @since 0.1.0
 */
public final class SemaphoreModel implements Model<SemaphoreModel.State, Input, Output> {

	private final int permits;

	public SemaphoreModel(int permits) {
		this.permits = permits;
	}

	@Override
	public State initialState() {
		return new State(Set.of(), Set.of(), 0, Set.of());
	}

	@Override
	public Set<State> step(State state, Input input, Output output) {
		Owner owner = input.owner();
		boolean holds = state.holders.contains(owner);
		return switch (output.answer()) {
			case GRANTED ->
				(holds || isOutOfReach(state, input, output)) ? Set.of() : grant(state, owner, output.token());
			case REFUSED -> (!holds && isFull(state)) ? Set.of(state) : Set.of();
			case RELEASED -> (holds || state.promised.contains(owner)) ? Set.of(state.without(owner)) : Set.of();
			case NOT_OWNER -> (holds) ? Set.of() : Set.of(state.without(owner));
			case LOST -> Set.of();
			case EXPIRED -> Set.of(state.expired(input.session()));
		};
	}

	private Set<State> grant(State state, Owner owner, long token) {
		if (state.holders.size() == this.permits) {
			return Set.of();
		}
		if (!isFull(state)) {
			return Set.of(state.granted(owner, token));
		}
		return state.promised.stream()
			.map((other) -> state.without(other).granted(owner, token))
			.collect(Collectors.toSet());
	}

	private boolean isFull(State state) {
		return state.holders.size() + state.promised.size() == this.permits;
	}

	@Override
	public Set<State> stepUnknown(State state, Input input) {
		boolean effective = switch (input.kind()) {
			case ACQUIRE -> !state.dead.contains(input.session()) && !isFull(state);
			case RELEASE -> state.holders.contains(input.owner());
			case EXPIRE -> state.holders.stream().anyMatch((holder) -> holder.session().equals(input.session()));
		};
		if (!effective) {
			return Set.of();
		}
		return Set.of(switch (input.kind()) {
			case ACQUIRE -> state.promised(input.owner());
			case RELEASE -> state.without(input.owner());
			case EXPIRE -> state.expired(input.session());
		});
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable Output output) {
		return output != null && output.answer() == Answer.REFUSED;
	}

	@Override
	public boolean isOutOfReach(State state, Input input, Output output) {
		return output.answer() == Answer.GRANTED
				&& (output.token() <= state.token || state.dead.contains(input.session()));
	}

	@Override
	public @Nullable Object partition(Input input) {
		return (input.kind() == Kind.EXPIRE) ? null : input.lock();
	}

	/**
	 * State of a semaphore. Dead sessions do not count in comparisons: they follow from
	 * the operations that have taken effect.
	 *
	 * @param holders those who hold a permit
	 * @param promised those who may hold a permit and were not told
	 * @param token the highest token that was ever told
	 * @param dead sessions that have expired
	 */
	record State(Set<Owner> holders, Set<Owner> promised, long token, Set<String> dead) {

		State granted(Owner owner, long newToken) {
			return new State(plus(this.holders, owner), minus(this.promised, owner), newToken, this.dead);
		}

		State promised(Owner owner) {
			return new State(this.holders, plus(this.promised, owner), this.token, this.dead);
		}

		State without(Owner owner) {
			return new State(minus(this.holders, owner), minus(this.promised, owner), this.token, this.dead);
		}

		State expired(String session) {
			return new State(alive(this.holders, session), alive(this.promised, session), this.token,
					plus(this.dead, session));
		}

		private static Set<Owner> alive(Set<Owner> owners, String session) {
			return owners.stream()
				.filter((owner) -> !owner.session().equals(session))
				.collect(Collectors.toUnmodifiableSet());
		}

		private static <T> Set<T> plus(Set<T> set, T element) {
			Set<T> copy = new HashSet<>(set);
			copy.add(element);
			return copy;
		}

		private static <T> Set<T> minus(Set<T> set, T element) {
			if (!set.contains(element)) {
				return set;
			}
			Set<T> copy = new HashSet<>(set);
			copy.remove(element);
			return copy;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof State that && this.holders.equals(that.holders)
					&& this.promised.equals(that.promised) && this.token == that.token;
		}

		@Override
		public int hashCode() {
			return 31 * (31 * this.holders.hashCode() + this.promised.hashCode()) + Long.hashCode(this.token);
		}

	}

}
