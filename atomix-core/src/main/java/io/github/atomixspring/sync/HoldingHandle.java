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

import java.util.concurrent.CompletableFuture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link PermitHandle} of an acquisition.
 */
final class HoldingHandle implements PermitHandle {

	private static final Logger logger = LoggerFactory.getLogger(HoldingHandle.class);

	private final SemaphoreProxy semaphore;

	private final Holding holding;

	/**
	 * Creates a handle.
	 * @param semaphore the semaphore
	 * @param holding what was acquired
	 */
	HoldingHandle(SemaphoreProxy semaphore, Holding holding) {
		this.semaphore = semaphore;
		this.holding = holding;
	}

	@Override
	public int permits() {
		return this.holding.permits();
	}

	@Override
	public long fencingToken() {
		return this.holding.token();
	}

	@Override
	public boolean isHeld() {
		return this.semaphore.permits().isHeld(this.holding);
	}

	@Override
	public CompletableFuture<Void> release() {
		return this.semaphore.node().expose(this.semaphore.permits().release(this.holding));
	}

	@Override
	public void close() {
		if (this.holding.left() != 0 && !this.holding.isLost()) {
			try {
				this.semaphore.node().await(this.semaphore.permits().release(this.holding));
			}
			catch (PermitsLostException | NotPermitHolderException ex) {
				logger.debug("{} needs no release: {}", this, ex.getMessage());
			}
		}
	}

	@Override
	public String toString() {
		return this.holding.permits() + " permits of " + this.semaphore + ", fencing token " + this.holding.token();
	}

}
