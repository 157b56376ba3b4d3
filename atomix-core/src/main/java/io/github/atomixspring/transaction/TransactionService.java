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

package io.github.atomixspring.transaction;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Runs functions whose reads and writes of several maps, sets, values and numbers take
 * effect together or not at all.
 * <p>
 * Transactions are optimistic: nothing is locked. What the function reads comes from the
 * cluster and is remembered with its version; what it writes is kept here, and the
 * function sees it. At the end one command brings versions and writes to the cluster,
 * which does all writes if everything that was read is still the same, and else none:
 * then the outcome is {@link TransactionResult.Status#CONFLICT}. So committed
 * transactions, also those that only read, are strictly serializable: each takes effect
 * at one moment between its beginning and its end. Events of the primitives follow as if
 * the writes had been single ones, in their order.
 * <p>
 * In a cluster with several partitions a transaction keeps to one of them, with its locks
 * and leaderships: else it fails with {@link CrossPartitionException} and writes nothing.
 * Names with the same tag in braces live together.
 * <p>
 * A transaction can be bound to claims, see {@link Transaction#requireLock} and
 * {@link Transaction#requireLeadership}: it is committed only if they are in force at
 * that moment, and else ends with {@link TransactionResult.Status#STALE_GUARD}.
 * <p>
 * The function may run several times and must be free of side effects. While it runs,
 * each single read is linearizable, but values read one after the other may not belong
 * together; then the transaction does not commit. If the function throws an exception
 * nothing is written. The exception is passed on if what was read does belong together;
 * else the outcome is a conflict, since the exception may come of it.
 * <p>
 * A commit takes effect exactly once, like any command. If its answer is lost, the
 * methods throw {@link io.github.atomixspring.primitive.UnknownOutcomeException}: all
 * writes may have been done, or none; transactions without writes throw
 * {@link io.github.atomixspring.primitive.UnavailableException} instead. A transaction
 * has at most 1,000 reads, writes and guards and about 1 MiB.
 * <p>
 * All primitives of a transaction must be in one Raft group. There is only one as yet;
 * should names be spread over several, those that are used together have to be kept
 * together.
 *
 * @since 0.1.0
 */
public interface TransactionService {

	/**
	 * Runs a function as a transaction, once.
	 * @param <T> the type of what the function returns
	 * @param function the function, called on this thread; what it is given must not be
	 * used by another thread or after its end
	 * @return what became of it: a conflict is an outcome, not an exception
	 */
	<T> TransactionResult<T> execute(Function<? super Transaction, ? extends @Nullable T> function);

	/**
	 * Runs a function as a transaction, again and again as long as there are conflicts.
	 * Of several that are in each other's way one always commits.
	 * @param <T> the type of what the function returns
	 * @param attempts how often the function is run at most, positive
	 * @param function the function, called on this thread
	 * @return the outcome of the last attempt: a conflict only if all attempts ended with
	 * one
	 */
	<T> TransactionResult<T> execute(int attempts, Function<? super Transaction, ? extends @Nullable T> function);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncTransactionService async();

}
