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

/**
 * Judgement about a history.
 *
 * @param status the judgement
 * @param operations how many operations were judged; a history without any is valid
 * @param configurations how many configurations were looked at
 * @param evidence why a history is not valid, for a reader
 * @since 0.1.0
 */
public record Verdict(Status status, int operations, long configurations, String evidence) {

	/**
	 * Whether the history is proven to be linearizable.
	 * @return {@code true} if it is
	 */
	public boolean isValid() {
		return this.status == Status.VALID;
	}

	Verdict and(Verdict other) {
		Verdict worse = (this.status.compareTo(other.status) >= 0) ? this : other;
		return new Verdict(worse.status, this.operations + other.operations, this.configurations + other.configurations,
				worse.evidence);
	}

	@Override
	public String toString() {
		return "%s (%d operations, %d configurations)%n%s".formatted(this.status, this.operations, this.configurations,
				this.evidence);
	}

	/**
	 * The judgements, from good to bad.
	 */
	public enum Status {

		/**
		 * There is a legal order.
		 */
		VALID,

		/**
		 * The budget was used up before one was found; this is not a pass.
		 */
		UNDECIDED,

		/**
		 * There is no legal order.
		 */
		INVALID

	}

}
