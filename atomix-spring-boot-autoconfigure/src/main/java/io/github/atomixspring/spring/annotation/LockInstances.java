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

package io.github.atomixspring.spring.annotation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.Locks;
import org.jspecify.annotations.Nullable;

/**
 * The locks that calls use. Names made from arguments come and go without end, so the
 * instance of such a lock is closed when the last call that uses it has ended; if the
 * application uses it in another way at that time, it stays.
 */
final class LockInstances {

	private final Supplier<Atomix> atomix;

	private final Map<String, Opened> opened = new ConcurrentHashMap<>();

	LockInstances(Supplier<Atomix> atomix) {
		this.atomix = atomix;
	}

	/**
	 * Gets a lock.
	 * @param name the name
	 * @param method the method that is called
	 * @return the lock, to be closed
	 */
	DistributedLock open(String name, LockedMethod method) {
		if (method.name().isConstant()) {
			return this.atomix.get().lock(name);
		}
		return this.opened
			.compute(name,
					(key, present) -> (present != null) ? present.withUses(1)
							: new Opened(this.atomix.get().lock(name), 1))
			.lock();
	}

	/**
	 * Ends a use of a lock.
	 * @param name the name
	 * @param method the method that was called
	 */
	void close(String name, LockedMethod method) {
		if (!method.name().isConstant()) {
			this.opened.computeIfPresent(name, (key, present) -> {
				if (present.uses() > 1) {
					return present.withUses(-1);
				}
				Locks.closeIfUnused(present.lock());
				return null;
			});
		}
	}

	@Nullable Object use(String name, LockedMethod method, Use use) throws Throwable {
		DistributedLock lock = open(name, method);
		try {
			return use.with(lock);
		}
		finally {
			close(name, method);
		}
	}

	/**
	 * Uses a lock.
	 */
	@FunctionalInterface
	interface Use {

		@Nullable Object with(DistributedLock lock) throws Throwable;

	}

	/**
	 * A lock with a name made from arguments.
	 *
	 * @param lock the lock
	 * @param uses how many calls use it
	 */
	private record Opened(DistributedLock lock, int uses) {

		Opened withUses(int more) {
			return new Opened(this.lock, this.uses + more);
		}

	}

}
