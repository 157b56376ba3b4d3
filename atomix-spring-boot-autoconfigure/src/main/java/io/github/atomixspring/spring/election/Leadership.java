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

package io.github.atomixspring.spring.election;

import java.util.Optional;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The leadership under which work runs: one term of one election.
 * <p>
 * A parameter of this type of a method with
 * {@link io.github.atomixspring.spring.annotation.LeaderOnly @LeaderOnly} is filled in,
 * whatever the caller passes. Where a method cannot have parameters, as with
 * {@code @Scheduled}, {@link #current()} returns the same. Long work calls
 * {@link #ensureLeader()} between its steps and passes {@link #term()} on as fencing
 * token.
 *
 * @since 0.1.0
 */
public final class Leadership {

	private static final ThreadLocal<@Nullable Leadership> current = new ThreadLocal<>();

	private final Candidacy candidacy;

	private final long term;

	Leadership(Candidacy candidacy, long term) {
		this.candidacy = candidacy;
		this.term = term;
	}

	/**
	 * Returns the leadership under which the calling thread runs.
	 * @return the leadership, or empty outside of a call that was let through as leader
	 */
	public static Optional<Leadership> current() {
		return Optional.ofNullable(current.get());
	}

	/**
	 * Returns the name of the election.
	 * @return the name
	 */
	public String election() {
		return this.candidacy.election();
	}

	/**
	 * Returns the name of the candidate that was elected.
	 * @return the name
	 */
	public String candidate() {
		return this.candidacy.candidate();
	}

	/**
	 * Returns the term, which grows for ever: a resource that must never see two leaders
	 * rejects a smaller one.
	 * @return the term
	 */
	public long term() {
		return this.term;
	}

	/**
	 * Returns whether this term still lasts and this node can vouch for it now, by its
	 * own clock. Does not ask the cluster.
	 * @return whether this is still the leadership
	 */
	public boolean isLeader() {
		return this.candidacy.leads(this.term);
	}

	/**
	 * Checks that this term still lasts.
	 * @throws LeadershipLostException if it has ended
	 */
	public void ensureLeader() {
		if (!isLeader()) {
			throw new LeadershipLostException(
					"Leadership of '" + election() + "' in term " + this.term + " has ended: stop what it allowed");
		}
	}

	/**
	 * Adds a listener for the end of this leadership. It is called once, when the node
	 * has taken note of the end, and at once if it already has. It runs on a thread for
	 * which others wait, so it must be short.
	 * @param listener the listener
	 * @return the registration; the listener may be running when it is closed
	 */
	public Registration addRevocationListener(Runnable listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return this.candidacy.onRevocation(this.term, listener);
	}

	/**
	 * Makes this the {@linkplain #current() current} leadership of the calling thread,
	 * for instance in a thread to which the work was handed on.
	 * @return closes to restore what was current before; to be closed by the same thread
	 */
	public Registration bind() {
		Leadership previous = current.get();
		current.set(this);
		return () -> {
			if (previous != null) {
				current.set(previous);
			}
			else {
				current.remove();
			}
		};
	}

	@Override
	public String toString() {
		return "Leadership[election=" + election() + ", candidate=" + candidate() + ", term=" + this.term + "]";
	}

}
