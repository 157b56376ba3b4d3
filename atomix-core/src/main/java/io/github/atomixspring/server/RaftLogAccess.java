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

package io.github.atomixspring.server;

import java.util.concurrent.CompletableFuture;

/**
 * The log of the division as the gateway of the leader uses it.
 */
interface RaftLogAccess {

	/**
	 * Appends an entry. Entries appended one after the other by one thread are in that
	 * order in the log.
	 * @param callId identifies the entry while it is in flight
	 * @param bytes the entry
	 * @return the index, once it is applied here; fails if it is not known to be
	 * committed
	 */
	CompletableFuture<Long> append(long callId, byte[] bytes);

	/**
	 * Runs a task once an index is applied here.
	 * @param index the log index
	 * @param task the task
	 */
	void whenApplied(long index, RatisStateMachine.StateTask task);

	/**
	 * Confirms that this member led at some time after this call began, without an entry.
	 * @return an index that was committed when the call began and not smaller than any
	 * that was acknowledged to anyone by then; fails if that was not confirmed
	 */
	CompletableFuture<Long> confirmLeadership();

}
