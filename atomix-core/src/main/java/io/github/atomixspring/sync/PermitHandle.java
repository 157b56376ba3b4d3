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

/**
 * Permits of a {@link DistributedSemaphore} that are held, or were.
 *
 * @since 0.1.0
 */
public interface PermitHandle extends AutoCloseable {

	/**
	 * Returns how many permits were acquired.
	 * @return the number of permits
	 */
	int permits();

	/**
	 * Returns the fencing token of the acquisition. Where others may hold permits at the
	 * same time it names the acquisition and does not tell which of them is valid.
	 * @return the token, greater than that of every earlier acquisition of this name
	 */
	long fencingToken();

	/**
	 * Returns whether the permits are still held through this handle, as far as this node
	 * can vouch for it. Does not ask the cluster.
	 * @return whether they are held
	 */
	boolean isHeld();

	/**
	 * Releases the permits.
	 * @return completes when they are released; fails with {@link PermitsLostException}
	 * if they were lost before and with {@link NotPermitHolderException} if they were
	 * released before. With any other failure the handle counts as released, and the
	 * release is repeated in the background
	 */
	CompletableFuture<Void> release();

	/**
	 * Releases the permits if they are still held and waits for it. Never fails because
	 * they were lost or released before.
	 */
	@Override
	void close();

}
