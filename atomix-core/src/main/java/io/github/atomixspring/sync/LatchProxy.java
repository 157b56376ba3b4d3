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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LatchMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedCountDownLatch} over the session of its node.
 */
final class LatchProxy extends AbstractPrimitive implements DistributedCountDownLatch, Waits.Protocol<Boolean> {

	private final CreationGate gate;

	private final Waits<Boolean> waits;

	private final AsyncDistributedCountDownLatch async = new Async();

	/**
	 * Creates a latch.
	 * @param session the session of the node
	 * @param name the name
	 * @param count from where it is counted down
	 * @param onClose called when the instance is closed
	 */
	LatchProxy(PrimitiveSession session, String name, long count, Runnable onClose) {
		super(session, PrimitiveType.COUNT_DOWN_LATCH, name, onClose);
		this.gate = new CreationGate(session, id(), List.of(new Setting(Setting.COUNT, Long.toString(count))));
		this.waits = new Waits<>(session, id(), mailbox(), this);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	private Wait<Boolean> begin() {
		return this.waits.begin(this.gate, (number) -> new LatchMessages.Await(id(), number));
	}

	private Wait<Boolean> begin(Duration timeout) {
		Wait<Boolean> wait = begin();
		this.waits.limit(wait, Durations.bounded(timeout));
		return wait;
	}

	private static boolean isWorthWaiting(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return !timeout.isNegative() && !timeout.isZero();
	}

	@Override
	public void await() throws InterruptedException {
		checkInterrupt();
		await(begin());
	}

	@Override
	public boolean await(Duration timeout) throws InterruptedException {
		boolean worthWaiting = isWorthWaiting(timeout);
		checkInterrupt();
		return worthWaiting ? await(begin(timeout)) : getCount() == 0;
	}

	private boolean await(Wait<Boolean> wait) throws InterruptedException {
		try {
			return session().awaitInterruptibly(wait.outcome()).isPresent();
		}
		catch (InterruptedException | RuntimeException ex) {
			this.waits.withdraw(wait);
			throw ex;
		}
	}

	private static void checkInterrupt() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	@Override
	public void countDown() {
		session().await(countDownAsync());
	}

	private CompletableFuture<Void> countDownAsync() {
		return pass(() -> submit(new LatchMessages.CountDown(id()), Result.Number.class)).thenApply((left) -> null);
	}

	@Override
	public long getCount() {
		return session().await(count());
	}

	private CompletableFuture<Long> count() {
		return pass(() -> query(new LatchMessages.Get(id()), ReadConsistency.LINEARIZABLE, Result.Number.class))
			.thenApply(Result.Number::value);
	}

	private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	@Override
	public AsyncDistributedCountDownLatch async() {
		return this.async;
	}

	@Override
	public Waits.Answer<Boolean> answer(Result result) {
		return ((Result.Flag) result).value() ? Waits.Answer.granted(true) : Waits.Answer.queued();
	}

	@Override
	public Command withdrawal(long number) {
		return new LatchMessages.Leave(id(), number);
	}

	@Override
	public @Nullable Throwable lost() {
		return null;
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof LatchMessages.Opened opened) {
			this.waits.granted(opened.number(), true);
		}
		else if (event instanceof Event.Destroyed) {
			this.waits.restart();
		}
		else if (event instanceof Event.Resync) {
			this.waits.resync();
		}
	}

	@Override
	protected void handle(long id, SessionState state) {
		this.waits.onState(state);
	}

	@Override
	protected void release() {
		this.waits.close(closedException());
	}

	/**
	 * The asynchronous face.
	 */
	private final class Async implements AsyncDistributedCountDownLatch {

		@Override
		public CompletableFuture<Void> await() {
			return LatchProxy.this.waits.expose(begin(), (open) -> null);
		}

		@Override
		public CompletableFuture<Boolean> await(Duration timeout) {
			return isWorthWaiting(timeout) ? LatchProxy.this.waits.expose(begin(timeout), Optional::isPresent)
					: session().expose(count().thenApply((left) -> left == 0));
		}

		@Override
		public CompletableFuture<Void> countDown() {
			return session().expose(countDownAsync());
		}

		@Override
		public CompletableFuture<Long> getCount() {
			return session().expose(count());
		}

	}

}
