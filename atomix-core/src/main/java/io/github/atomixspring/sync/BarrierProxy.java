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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.BarrierMessages;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedCyclicBarrier} over the session of its node.
 * <p>
 * Who stops waiting has not left yet: the barrier may have tripped before, and then the
 * others pass. So the wait goes on until the cluster has answered, and the event of a
 * trip comes before that answer.
 */
final class BarrierProxy extends AbstractPrimitive implements DistributedCyclicBarrier, Waits.Protocol<Passage> {

	private final int parties;

	private final CreationGate gate;

	private final Cleanup cleanup;

	private final Waits<Passage> waits;

	private final AsyncDistributedCyclicBarrier async;

	/**
	 * Creates a barrier.
	 * @param session the session of the node
	 * @param name the name
	 * @param parties how many parties must arrive
	 * @param onClose called when the instance is closed
	 */
	BarrierProxy(PrimitiveSession session, String name, int parties, Runnable onClose) {
		super(session, PrimitiveType.CYCLIC_BARRIER, name, onClose);
		this.parties = parties;
		this.gate = new CreationGate(session, id(), List.of(new Setting(Setting.PARTIES, Integer.toString(parties))));
		this.cleanup = new Cleanup(session, mailbox());
		this.waits = new Waits<>(session, id(), mailbox(), this);
		this.async = new AsyncBarrierProxy(this);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	/**
	 * Returns the session for the asynchronous face.
	 * @return the session
	 */
	PrimitiveSession node() {
		return session();
	}

	/**
	 * Arrives at the barrier.
	 * @return the wait; one that leaves ends with {@link Passage#LEFT}
	 */
	Wait<Passage> begin() {
		return this.waits.begin(new Arrival());
	}

	/**
	 * Arrives at the barrier and leaves it after a time.
	 * @param timeout the time
	 * @return the wait
	 */
	Wait<Passage> begin(Duration timeout) {
		Duration limit = timeout.isNegative() ? Duration.ZERO : Durations.bounded(timeout);
		Wait<Passage> wait = begin();
		Registration timer = session().schedule(limit, () -> leave(wait));
		wait.outcome().whenComplete((passage, ex) -> timer.close());
		return wait;
	}

	/**
	 * Leaves the barrier unless it trips before that.
	 * @param wait the wait, which ends then
	 */
	void leave(Wait<Passage> wait) {
		mailbox().execute(() -> {
			if (!wait.outcome().isDone()) {
				// The same way as the arrival, so that it cannot come before it.
				this.gate.submit(withdrawal(wait.number()), mailbox(), () -> true)
					.whenComplete((result, ex) -> mailbox().execute(() -> left(wait, result)));
			}
		});
	}

	private void left(Wait<Passage> wait, @Nullable Result result) {
		if (result instanceof Result.Flag flag && flag.value()) {
			this.waits.granted(wait.number(), Passage.LEFT);
		}
		else {
			this.waits.withdraw(wait, Passage.unknown(this));
		}
	}

	@Override
	public int await() throws InterruptedException, BrokenBarrierException {
		return await(begin()).requirePassed(this);
	}

	@Override
	public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		Passage passage = await(begin(timeout));
		if (passage.end() == Passage.End.LEFT) {
			throw new TimeoutException("Not all parties arrived at the " + this + " within " + timeout);
		}
		return passage.requirePassed(this);
	}

	private Passage await(Wait<Passage> wait) throws InterruptedException {
		try {
			return session().awaitInterruptibly(wait.outcome()).orElse(Passage.UNKNOWN);
		}
		catch (InterruptedException ex) {
			leave(wait);
			boolean left = false;
			try {
				Passage passage = session().await(wait.outcome()).orElse(Passage.UNKNOWN);
				left = passage.end() == Passage.End.LEFT;
				if (left) {
					throw ex;
				}
				return passage;
			}
			finally {
				if (!left) {
					// It came too late, and belongs to what the thread does next.
					Thread.currentThread().interrupt();
				}
			}
		}
	}

	@Override
	public void reset() {
		session().await(resetAsync());
	}

	/**
	 * Breaks the barrier and makes it whole again.
	 * @return completes when that is done
	 */
	CompletableFuture<Void> resetAsync() {
		return pass(() -> submit(new BarrierMessages.Reset(id()), Result.Done.class)).thenApply((done) -> null);
	}

	@Override
	public int getParties() {
		return this.parties;
	}

	@Override
	public int getNumberWaiting() {
		return session().await(info()).waiting();
	}

	@Override
	public boolean isBroken() {
		return session().await(info()).broken();
	}

	/**
	 * Reads the state of the barrier, linearizably.
	 * @return the state
	 */
	CompletableFuture<BarrierMessages.State> info() {
		return pass(() -> query(new BarrierMessages.Info(id(), 0, 0), ReadConsistency.LINEARIZABLE,
				BarrierMessages.State.class));
	}

	private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> operation) {
		return isClosed() ? CompletableFuture.failedFuture(closedException()) : this.gate.pass(operation);
	}

	@Override
	public AsyncDistributedCyclicBarrier async() {
		return this.async;
	}

	@Override
	public Waits.Answer<Passage> answer(Result result) {
		if (result instanceof BarrierMessages.State state) {
			return state.known() ? Waits.Answer.queued() : Waits.Answer.granted(Passage.UNKNOWN);
		}
		return switch (((BarrierMessages.Reply) result).status()) {
			case BarrierMessages.Reply.WAITING -> Waits.Answer.queued();
			case BarrierMessages.Reply.TRIPPED -> Waits.Answer.granted(Passage.LAST);
			default -> Waits.Answer.granted(Passage.BROKEN);
		};
	}

	@Override
	public Command withdrawal(long number) {
		return new BarrierMessages.Leave(id(), number);
	}

	@Override
	public Throwable lost() {
		return Passage.unknown(this);
	}

	@Override
	public void granted(long number, Passage grant) {
		if (grant.end() == Passage.End.UNKNOWN) {
			this.cleanup.submit(withdrawal(number));
		}
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof BarrierMessages.Ended ended) {
			this.waits.granted(ended.arrival(),
					new Passage(ended.broken() ? Passage.End.BROKEN : Passage.End.PASSED, ended.index()));
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
	 * Arrives once. Whoever asks again must not arrive again and looks only.
	 */
	private final class Arrival implements LongFunction<CompletableFuture<Result>> {

		private boolean arrived;

		@Override
		public CompletableFuture<Result> apply(long number) {
			if (!this.arrived) {
				this.arrived = true;
				return BarrierProxy.this.gate.submit(new BarrierMessages.Arrive(id(), number), mailbox(),
						() -> BarrierProxy.this.waits.isWanted(number));
			}
			return BarrierProxy.this.gate.pass(() -> session()
				.query(new BarrierMessages.Info(id(), session().id(), number), ReadConsistency.LINEARIZABLE));
		}

	}

}
