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

import io.github.atomixspring.protocol.LogEntry;

/**
 * What backups need of the leaders of the partitions, wherever they are.
 */
interface PartitionLeaders {

	/**
	 * Asks for an index that is not before that of the last command which was answered
	 * before the call.
	 * @param partition the number of the partition
	 * @return the index; fails if the leader is not found
	 */
	CompletableFuture<Long> confirm(int partition);

	/**
	 * Has a piece of a backup appended.
	 * @param partition the number of the partition
	 * @param piece the piece
	 * @return how far the backup was brought back after it; fails if the leader is not
	 * found, if it does not take the piece, or if it is not known whether it did
	 */
	CompletableFuture<RestoreProgress> restore(int partition, LogEntry.Restore piece);

}
