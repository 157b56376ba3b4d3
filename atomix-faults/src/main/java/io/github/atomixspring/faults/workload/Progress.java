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

package io.github.atomixspring.faults.workload;

import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.InsufficientStorageException;

/**
 * Counts the calls that have succeeded in this process, and those that were refused.
 */
final class Progress {

	private final AtomicLong successes = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	void ok() {
		this.successes.incrementAndGet();
	}

	/**
	 * Takes note of a call that did not happen.
	 * @param failure what it failed with
	 */
	void failed(AtomixException failure) {
		if (failure instanceof InsufficientStorageException) {
			this.refused.incrementAndGet();
		}
	}

	/**
	 * Returns how many calls were refused since the disks are full.
	 * @return the number
	 */
	long refused() {
		return this.refused.get();
	}

	long successes() {
		return this.successes.get();
	}

}
