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

package io.github.atomixspring.spring.shedlock;

import java.time.Duration;
import java.util.Optional;

import net.javacrumbs.shedlock.core.AbstractSimpleLock;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * A lock that was acquired or extended.
 */
final class AtomixLock extends AbstractSimpleLock {

	private final AtomixLockProvider provider;

	private final String owner;

	/** After the cluster has counted from, so that nothing is released early. */
	private final long acquired = System.nanoTime();

	AtomixLock(AtomixLockProvider provider, LockConfiguration configuration, String owner) {
		super(configuration);
		this.provider = provider;
		this.owner = owner;
	}

	@Override
	protected void doUnlock() {
		this.provider.unlock(this.lockConfiguration, this.owner, Duration.ofNanos(System.nanoTime() - this.acquired));
	}

	@Override
	protected Optional<SimpleLock> doExtend(LockConfiguration newConfiguration) {
		return this.provider.extend(newConfiguration, this.owner);
	}

}
