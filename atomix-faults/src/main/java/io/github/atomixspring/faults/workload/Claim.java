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

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.sync.AsyncDistributedSemaphore;
import io.github.atomixspring.sync.PermitHandle;

/**
 * What was granted: a lock or a permit.
 */
interface Claim {

	long token();

	boolean isHeld();

	CompletableFuture<Void> release();

	private static Claim of(long token, BooleanSupplier held, Supplier<CompletableFuture<Void>> release) {
		return new Claim() {

			@Override
			public long token() {
				return token;
			}

			@Override
			public boolean isHeld() {
				return held.getAsBoolean();
			}

			@Override
			public CompletableFuture<Void> release() {
				return release.get();
			}

		};
	}

	private static Claim of(LockHandle handle) {
		return of(handle.fencingToken(), handle::isHeld, handle::unlock);
	}

	private static Claim of(PermitHandle handle) {
		return of(handle.fencingToken(), handle::isHeld, handle::release);
	}

	/**
	 * Where claims come from.
	 */
	interface Source {

		CompletableFuture<Optional<Claim>> acquire(Duration wait);

		static Source of(AsyncDistributedLock lock) {
			return (wait) -> lock.tryLock(wait).thenApply((handle) -> handle.map(Claim::of));
		}

		static Source of(AsyncDistributedSemaphore semaphore) {
			return (wait) -> semaphore.tryAcquire(wait).thenApply((handle) -> handle.map(Claim::of));
		}

	}

}
