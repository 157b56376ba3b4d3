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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.protocol.SemaphoreMessages.Portion;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.CreationGate;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The acquisitions of one node at one semaphore and what they hold, in a mailbox.
 */
final class Permits implements Waits.Protocol<Holding> {

	/**
	 * So many fit into a command.
	 */
	private static final int MAX_PORTIONS = 10_000;

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final CreationGate gate;

	private final Cleanup cleanup;

	private final Waits<Holding> waits;

	private final IntConsumer lossHandler;

	private final Map<Long, Holding> held = new ConcurrentSkipListMap<>();

	private final ThreadPermits ofThreads = new ThreadPermits();

	/**
	 * The session as announced in order with the events. The session itself may already
	 * be one further.
	 */
	private long sessionId;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the semaphore
	 * @param mailbox the mailbox
	 * @param gate creates the semaphore
	 * @param lossHandler is told of lost permits
	 */
	Permits(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, CreationGate gate, IntConsumer lossHandler) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.gate = gate;
		this.cleanup = new Cleanup(session, mailbox);
		this.waits = new Waits<>(session, id, mailbox, this);
		this.lossHandler = lossHandler;
	}

	/**
	 * Called in the mailbox when events can come.
	 * @param id the id of the session
	 */
	void onStart(long id) {
		if (this.sessionId == 0) {
			this.sessionId = id;
		}
	}

	Waits<Holding> waits() {
		return this.waits;
	}

	/**
	 * Starts an acquisition.
	 * @param permits how many; zero for all that are available
	 * @param queue whether it waits
	 * @return the acquisition
	 */
	Wait<Holding> begin(int permits, boolean queue) {
		return this.waits.begin(this.gate, (number) -> new SemaphoreMessages.Acquire(this.id, number, permits, queue));
	}

	/**
	 * Lets a thread release what was acquired for it.
	 * @param holding what was acquired
	 * @param thread the thread
	 */
	void assign(Holding holding, Thread thread) {
		this.mailbox.execute(() -> {
			holding.owner(thread);
			this.ofThreads.add(holding);
		});
	}

	/**
	 * Releases permits that were acquired for threads.
	 * @param permits how many
	 * @param thread the thread that releases
	 * @return completes when the cluster has done so
	 */
	CompletableFuture<Void> release(int permits, Thread thread) {
		CompletableFuture<Void> released = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			if (permits > this.ofThreads.permits()) {
				released.completeExceptionally(new NotPermitHolderException("Semaphore '" + this.id.name()
						+ "': this node holds " + this.ofThreads.permits() + " permits and cannot release " + permits));
				return;
			}
			Released parts = new Released();
			this.ofThreads.take(permits, thread, parts::add);
			relay(parts.submit(), released);
		});
		return released;
	}

	/**
	 * Releases what belongs to a handle.
	 * @param holding what it holds
	 * @return completes when the cluster has done so
	 */
	CompletableFuture<Void> release(Holding holding) {
		CompletableFuture<Void> released = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			if (holding.left() == 0) {
				released.completeExceptionally(new NotPermitHolderException(
						"Semaphore '" + this.id.name() + "': the permits of this handle were released before"));
			}
			else if (holding.isLost()) {
				released.completeExceptionally(lost(holding.left(), holding.loss()));
			}
			else {
				Released parts = new Released();
				parts.add(holding, holding.left());
				relay(parts.submit(), released);
			}
		});
		return released;
	}

	private static void relay(CompletableFuture<Void> from, CompletableFuture<Void> to) {
		from.whenComplete((nothing, ex) -> {
			if (ex != null) {
				to.completeExceptionally(ex);
			}
			else {
				to.complete(null);
			}
		});
	}

	/**
	 * Returns whether this node can vouch for what an acquisition holds.
	 * @param holding what it holds
	 * @return whether it is surely held
	 */
	boolean isHeld(Holding holding) {
		return holding.left() != 0 && !holding.isLost() && this.session.isLive()
				&& this.session.id() == holding.session();
	}

	/**
	 * Returns how many permits this node can vouch for.
	 * @return the number of permits
	 */
	int heldPermits() {
		long permits = this.held.values().stream().filter(this::isHeld).mapToLong(Holding::left).sum();
		return (int) Math.min(Integer.MAX_VALUE, permits);
	}

	private PermitsLostException lost(int permits, String reason) {
		return new PermitsLostException(
				"Semaphore '" + this.id.name() + "': " + permits + " permits were lost because " + reason);
	}

	@Override
	public Waits.Answer<Holding> answer(Result result) {
		SemaphoreMessages.Reply reply = (SemaphoreMessages.Reply) result;
		return switch (reply.status()) {
			case SemaphoreMessages.Reply.GRANTED -> Waits.Answer.granted(new Holding(reply.permits(), reply.token()));
			case SemaphoreMessages.Reply.QUEUED -> Waits.Answer.queued();
			default -> Waits.Answer.refused();
		};
	}

	@Override
	public Command withdrawal(long number) {
		return new SemaphoreMessages.Withdraw(this.id, number);
	}

	@Override
	public @Nullable Throwable lost() {
		return null;
	}

	@Override
	public void granted(long number, Holding grant) {
		grant.granted(number, this.sessionId);
		this.held.put(number, grant);
	}

	@Override
	public void returned(long number, Holding grant) {
		this.held.remove(number);
		grant.take(grant.left());
	}

	@Override
	public void overtaken(long number, @Nullable Holding grant) {
		Holding own = this.held.get(number);
		if (own == null) {
			this.cleanup.submit(withdrawal(number));
		}
		else if (grant == null || grant.token() != own.token()) {
			verify();
		}
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	void onEvent(Event event) {
		if (event instanceof SemaphoreMessages.Granted granted) {
			this.waits.granted(granted.acquisition(), new Holding(granted.permits(), granted.token()));
		}
		else if (event instanceof Event.Destroyed) {
			loseAll("the semaphore was destroyed", false);
			this.waits.restart();
		}
		else if (event instanceof Event.Resync) {
			this.waits.resync();
			verify();
		}
	}

	private void verify() {
		List<Holding> doubtful = List.copyOf(this.held.values());
		if (doubtful.isEmpty()) {
			return;
		}
		this.session.query(new SemaphoreMessages.Info(this.id, this.sessionId), ReadConsistency.LINEARIZABLE)
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				Set<Long> confirmed = (result instanceof SemaphoreMessages.State state) ? new HashSet<>(state.held())
						: Set.of();
				for (Holding holding : doubtful) {
					if (this.held.containsKey(holding.number()) && !confirmed.contains(holding.number())) {
						lose(holding, "events were missed and the cluster did not confirm them", true);
					}
				}
			}));
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param id the id of the session
	 * @param state the state
	 */
	void onState(long id, SessionState state) {
		switch (state) {
			case CONNECTED -> this.sessionId = id;
			case SUSPENDED -> loseAll("the session of this node was suspended", true);
			default -> loseAll("the session of this node ended", false);
		}
		this.waits.onState(state);
	}

	private void loseAll(String reason, boolean giveBack) {
		List.copyOf(this.held.values()).forEach((holding) -> lose(holding, reason, giveBack));
	}

	private void lose(Holding holding, String reason, boolean giveBack) {
		this.held.remove(holding.number());
		holding.lose(reason);
		if (holding.owner() != null) {
			this.ofThreads.lost(holding);
		}
		if (giveBack) {
			this.cleanup.submit(withdrawal(holding.number()));
		}
		this.lossHandler.accept(holding.left());
	}

	/**
	 * Called in the mailbox when the semaphore is closed.
	 * @param reason the exception for those who wait
	 */
	void close(PrimitiveClosedException reason) {
		this.waits.close(reason);
		for (Holding holding : List.copyOf(this.held.values())) {
			this.cleanup.submit(withdrawal(holding.number()));
			returned(holding.number(), holding);
		}
		this.ofThreads.clear();
	}

	/**
	 * The parts of one release.
	 */
	private final class Released {

		private final List<Portion> portions = new ArrayList<>();

		private long expected;

		private int lost;

		private String loss = "";

		void add(Holding holding, int permits) {
			holding.take(permits);
			if (holding.isLost()) {
				this.lost += permits;
				this.loss = holding.loss();
				return;
			}
			this.portions.add(new Portion(holding.number(), permits));
			this.expected += permits;
			if (holding.left() == 0) {
				Permits.this.held.remove(holding.number());
			}
		}

		CompletableFuture<Void> submit() {
			CompletableFuture<Long> sum = CompletableFuture.completedFuture(0L);
			for (int i = 0; i < this.portions.size(); i += MAX_PORTIONS) {
				List<Portion> some = this.portions.subList(i, Math.min(this.portions.size(), i + MAX_PORTIONS));
				sum = sum.thenCombine(submit(new SemaphoreMessages.Release(Permits.this.id, some)), Long::sum);
			}
			return sum.thenAccept(this::check);
		}

		private CompletableFuture<Long> submit(SemaphoreMessages.Release release) {
			return Permits.this.cleanup.submit(release)
				.thenApply((result) -> ((Result.Number) result).value())
				.exceptionallyCompose((ex) -> CreationGate.isMissing(ex) ? CompletableFuture.completedFuture(0L)
						: CompletableFuture.failedFuture(ex));
		}

		private void check(long released) {
			int missing = (int) (this.expected - released);
			if (missing != 0) {
				Permits.this.lossHandler.accept(missing);
				throw Permits.this.lost(this.lost + missing, "the cluster had already taken them back");
			}
			if (this.lost != 0) {
				throw Permits.this.lost(this.lost, this.loss);
			}
		}

	}

}
