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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * What the implementations of the primitives need of the session of their node. Internal.
 */
public interface PrimitiveSession extends Session {

	/**
	 * Submits a command. Commands take effect in the order of the calls, each exactly
	 * once.
	 * @param command the command
	 * @return the result, never a {@link Result.Failure}. Fails with
	 * {@link io.github.atomixspring.primitive.UnknownOutcomeException} if the answer was
	 * lost, and with another {@link io.github.atomixspring.primitive.AtomixException} if
	 * it did not happen. It completes on an internal thread: dependent stages must not
	 * block, and what is handed to users must go through
	 * {@link #expose(CompletableFuture)}
	 */
	CompletableFuture<Result> submit(Command command);

	/**
	 * Asks a query. A linearizable query sees all commands submitted before by this
	 * session.
	 * @param query the query
	 * @param consistency how fresh the answer must be
	 * @return the result, as for {@link #submit(Command)}; a lost answer is a
	 * {@link io.github.atomixspring.primitive.UnavailableException}
	 */
	CompletableFuture<Result> query(Query query, ReadConsistency consistency);

	/**
	 * Hands the events of a primitive, and the states of the session, to a handler. This
	 * is local: {@link Command.Listen} makes the cluster send events.
	 * @param source the primitive
	 * @param handler the handler
	 * @return the registration
	 */
	Registration subscribe(PrimitiveId source, EventHandler handler);

	/**
	 * Returns whether the state is {@link SessionState#CONNECTED}, by looking at the
	 * monotonic clock and not only at what was last announced.
	 * @return whether what this session holds is surely held
	 */
	boolean isLive();

	/**
	 * Returns whether all events were handed out that belong to what this node has read
	 * or written so far: then a copy kept by events is not behind anything this node has
	 * seen.
	 * @return whether no event is under way that a read has overtaken
	 */
	boolean isCaughtUp();

	/**
	 * Waits for a result on behalf of a blocking face.
	 * @param <T> the type of the result
	 * @param future the future of an operation
	 * @return the result
	 * @throws RuntimeException the exception of the operation. Interruption does not end
	 * the wait and is kept as the flag of the thread
	 */
	<T> T await(CompletableFuture<T> future);

	/**
	 * Waits for a result on behalf of an interruptible blocking face.
	 * @param <T> the type of the result
	 * @param future the future of an operation
	 * @return the result
	 * @throws InterruptedException if the thread is interrupted; the operation goes on
	 */
	<T> T awaitInterruptibly(CompletableFuture<T> future) throws InterruptedException;

	/**
	 * Returns a future for users: its dependent stages run on the callback executor, and
	 * they may block. A stage that is added once it has completed runs on the thread that
	 * adds it.
	 * @param <T> the type of the result
	 * @param future the future of an operation
	 * @return the future for users
	 */
	<T> CompletableFuture<T> expose(CompletableFuture<T> future);

	/**
	 * Returns the executor of callbacks.
	 * @return the executor
	 */
	Executor callbackExecutor();

	/**
	 * Returns a new executor that runs its tasks on the callback executor, in order and
	 * never two at once. Exceptions of tasks are logged.
	 * @return the executor
	 */
	Executor newSerialExecutor();

	/**
	 * Runs a short task after a delay on an internal thread. A stop of the session drops
	 * it.
	 * @param delay the delay
	 * @param task the task; must not block
	 * @return closes to cancel
	 */
	Registration schedule(Duration delay, Runnable task);

	/**
	 * Returns a future for a wait, which tells the observers of this node when it is
	 * completed.
	 * @param <T> the type of the result
	 * @param source the primitive that grants
	 * @param refusal tells which results say that nothing was granted
	 * @return the future
	 */
	default <T extends @Nullable Object> CompletableFuture<T> newWait(PrimitiveId source, Predicate<T> refusal) {
		return new CompletableFuture<>();
	}

	/**
	 * Returns the operation timeout.
	 * @return the timeout
	 */
	Duration operationTimeout();

}
