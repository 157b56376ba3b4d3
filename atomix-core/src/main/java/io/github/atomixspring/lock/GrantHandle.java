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

package io.github.atomixspring.lock;

import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link LockHandle} of a grant.
 */
final class GrantHandle implements LockHandle {

	private static final Logger logger = LoggerFactory.getLogger(GrantHandle.class);

	private final LockProxy lock;

	private final Grant grant;

	/**
	 * Creates a handle.
	 * @param lock the lock
	 * @param grant the grant
	 */
	GrantHandle(LockProxy lock, Grant grant) {
		this.lock = lock;
		this.grant = grant;
	}

	@Override
	public long fencingToken() {
		return this.grant.token();
	}

	@Override
	public boolean isHeld() {
		return this.lock.acquisitions().isHeld(this.grant);
	}

	@Override
	public CompletableFuture<Void> unlock() {
		return this.lock.node().expose(this.lock.acquisitions().unlock(this.grant));
	}

	@Override
	public void close() {
		if (this.grant.state() == Grant.State.HELD) {
			try {
				this.lock.node().await(this.lock.acquisitions().unlock(this.grant));
			}
			catch (LockLostException | NotLockOwnerException ex) {
				logger.debug("Lock '{}' needs no release: {}", this.lock.name(), ex.getMessage());
			}
		}
	}

	@Override
	public String toString() {
		return "lock '" + this.lock.name() + "', fencing token " + this.grant.token();
	}

}
