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

package io.github.atomixspring.faulttolerance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.QueueModel;
import io.github.atomixspring.linearizability.QueueModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.QueueMessages.Reply;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Offers, polls, and takes with short waits, so that many grants cross a withdrawal.
 */
final class QueueLoad extends Load {

	/**
	 * Short histories of short queues: how offers overlapped is only known when their
	 * values come out.
	 */
	private static final int CALLS_PER_QUEUE = 80;

	private final ConcurrentLinkedQueue<Operation<Input, ValueResult>> operations = new ConcurrentLinkedQueue<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger handedOver = new AtomicInteger();

	private final AtomicInteger putBack = new AtomicInteger();

	QueueLoad(Nodes nodes, String name) {
		super(nodes, name);
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		int call = this.calls.incrementAndGet();
		Attempt attempt = new Attempt(caller, session, "q" + (call / CALLS_PER_QUEUE), call);
		switch (caller.random().nextInt(6)) {
			case 0, 1 -> attempt.offer("v" + call);
			case 2 -> attempt.poll();
			default -> attempt.take(caller.random().nextInt(20));
		}
	}

	@Override
	Verdict judge() {
		List<Operation<Input, ValueResult>> all = new ArrayList<>(this.operations);
		return new LinearizabilityChecker<>(new QueueModel()).check(all);
	}

	@Override
	public String toString() {
		return super.toString() + ", " + this.handedOver + " elements handed over to waiting takers, " + this.putBack
				+ " put back";
	}

	private static String string(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : "";
	}

	/**
	 * One call.
	 */
	private final class Attempt implements EventHandler {

		private final Caller caller;

		private final SessionClient session;

		private final String queue;

		private final PrimitiveId id;

		private final long number;

		private final CompletableFuture<String> granted = new CompletableFuture<>();

		private final long invoked = System.nanoTime();

		Attempt(Caller caller, SessionClient session, String queue, long number) {
			this.caller = caller;
			this.session = session;
			this.queue = queue;
			this.id = PrimitiveId.of(PrimitiveType.QUEUE, queue);
			this.number = number;
		}

		void offer(String value) throws Exception {
			byte[] element = value.getBytes(StandardCharsets.UTF_8);
			if (submit(new QueueMessages.Offer(this.id, List.of(element), List.of()),
					Input.offer(this.queue, value)) instanceof Result.Flag flag) {
				add(this.invoked, Input.offer(this.queue, value), ValueResult.of(flag.value()));
			}
		}

		void poll() throws Exception {
			Input input = Input.poll(this.queue);
			if (submit(new QueueMessages.Poll(this.id, 1), input) instanceof Result.Values polled) {
				add(this.invoked, input,
						ValueResult.of(polled.values().isEmpty() ? (String) null : string(polled.values().get(0))));
			}
		}

		void take(int patience) throws Exception {
			Registration registration = this.session.subscribe(this.id, this);
			try {
				Result result = submit(new QueueMessages.Take(this.id, this.number), Input.poll(this.queue));
				if (result instanceof Reply reply && reply.status() == Reply.GRANTED) {
					taken(string(reply.element()));
				}
				else if (result instanceof Reply) {
					// It was queued because there was nothing.
					add(this.invoked, Input.poll(this.queue), ValueResult.of((String) null));
					await(patience);
				}
			}
			finally {
				registration.close();
			}
		}

		private void await(int patience) throws Exception {
			try {
				taken(this.granted.get(patience, TimeUnit.MILLISECONDS));
				QueueLoad.this.handedOver.incrementAndGet();
			}
			catch (ExecutionException ex) {
				// The session has ended: it may have been granted before that.
				unknown(Input.poll(this.queue));
			}
			catch (TimeoutException ex) {
				withdraw();
			}
		}

		private void withdraw() throws Exception {
			long began = System.nanoTime();
			Result result = submit(new QueueMessages.Withdraw(this.id, this.number), Input.poll(this.queue));
			String value = this.granted.isCompletedExceptionally() ? null : this.granted.getNow(null);
			if (result != null && value != null) {
				// The event came before the answer: the grant was before the withdrawal.
				add(this.invoked, Input.reserve(this.queue), ValueResult.of(value));
				add(began, Input.putBack(this.queue, value), ValueResult.of(true));
				QueueLoad.this.putBack.incrementAndGet();
			}
			else if (result == null) {
				// It may wait on and take an element at any time.
				unknown(Input.poll(this.queue));
			}
		}

		private void taken(String value) {
			add(this.invoked, Input.poll(this.queue), ValueResult.of(value));
			this.session.submit(new QueueMessages.Settle(this.id, this.number));
		}

		/**
		 * Submits a command. If it may have taken effect and was not answered that is
		 * recorded.
		 */
		private @Nullable Result submit(Command command, Input input) throws Exception {
			try {
				return this.session.submit(command).get(CALL_SECONDS, TimeUnit.SECONDS);
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof UnknownOutcomeException) {
					unknown(input);
				}
				else if (ex.getCause() instanceof AtomixException) {
					progress().failed();
				}
				else {
					throw ex;
				}
				return null;
			}
		}

		private void add(long began, Input input, ValueResult output) {
			QueueLoad.this.operations
				.add(new Operation<>(this.caller.process(), began, System.nanoTime(), input, output));
			progress().ok();
		}

		private void unknown(Input input) {
			QueueLoad.this.operations
				.add(new Operation<>(this.caller.process(), this.invoked, Operation.NEVER, input, null));
			progress().unknown();
		}

		@Override
		public void onEvent(Event event) {
			if (event instanceof QueueMessages.Granted grant && grant.number() == this.number) {
				this.granted.complete(string(grant.element()));
			}
		}

		@Override
		public void onState(long session, SessionState state) {
			if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
				this.granted.completeExceptionally(new UnknownOutcomeException(session + "/0", "It has ended", null));
			}
		}

	}

}
