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

/**
 * A lock that is held, or was.
 *
 * @since 0.1.0
 */
public interface LockHandle extends AutoCloseable {

	/**
	 * Returns the fencing token of this grant.
	 * @return the token, greater than that of every earlier grant of this name
	 */
	long fencingToken();

	/**
	 * Returns whether the lock is still held through this handle, as far as this node can
	 * vouch for it. Does not ask the cluster.
	 * @return whether the lock is held
	 */
	boolean isHeld();

	/**
	 * Releases the lock.
	 * @return completes when it is released; fails with {@link LockLostException} if it
	 * was lost before and with {@link NotLockOwnerException} if it was released before.
	 * With any other failure the handle counts as released, and the release is repeated
	 * in the background
	 */
	CompletableFuture<Void> unlock();

	/**
	 * Releases the lock if it is still held and waits for it. Never fails because the
	 * lock was lost or released before.
	 */
	@Override
	void close();

}
