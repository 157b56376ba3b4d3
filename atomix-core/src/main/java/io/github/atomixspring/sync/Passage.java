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

package io.github.atomixspring.sync;

import java.util.concurrent.BrokenBarrierException;

import io.github.atomixspring.primitive.UnknownOutcomeException;

/**
 * How a wait at a barrier ended.
 *
 * @param end the end
 * @param index how many were still to come at the arrival
 */
record Passage(End end, int index) {

	static final Passage LAST = new Passage(End.PASSED, 0);

	static final Passage BROKEN = new Passage(End.BROKEN, 0);

	static final Passage LEFT = new Passage(End.LEFT, 0);

	static final Passage UNKNOWN = new Passage(End.UNKNOWN, 0);

	/**
	 * Returns the index of one who passed.
	 * @param barrier what to call the barrier
	 * @return the index
	 * @throws BrokenBarrierException if the barrier was broken
	 */
	int requirePassed(Object barrier) throws BrokenBarrierException {
		return switch (this.end) {
			case PASSED -> this.index;
			case BROKEN, LEFT -> throw new BrokenBarrierException("The " + barrier + " is broken");
			case UNKNOWN -> throw unknown(barrier);
		};
	}

	static UnknownOutcomeException unknown(Object barrier) {
		return new UnknownOutcomeException("await",
				"It is not known how the wait at the " + barrier + " ended: the others have passed, or it is broken",
				null);
	}

	/**
	 * The ends of a wait.
	 */
	enum End {

		/**
		 * All parties had arrived.
		 */
		PASSED,

		/**
		 * Another broke the barrier.
		 */
		BROKEN,

		/**
		 * The party left and thereby broke the barrier.
		 */
		LEFT,

		/**
		 * The end was missed.
		 */
		UNKNOWN

	}

}
