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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.LockModel;
import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.LockModel.Input;
import io.github.atomixspring.linearizability.LockModel.Output;
import io.github.atomixspring.linearizability.Model;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes and releases one lock, or something like it, with and without waiting.
 * <p>
 * An operation is recorded when it is over, since only then it is known in which session
 * it took place. The owner is the acquisition: a caller that does not know whether it
 * holds the lock makes another one.
 */
class LockLoad extends Load {

	private static final long WAIT_MILLIS = 500;

	private final PrimitiveId lock;

	private final ConcurrentLinkedQueue<Operation<Input, Output>> operations = new ConcurrentLinkedQueue<>();

	private final AtomicLong acquisitions = new AtomicLong();

	private final Map<SessionClient, Claims> claims = new ConcurrentHashMap<>();

	LockLoad(Nodes nodes, String name) {
		this(nodes, name, PrimitiveId.of(PrimitiveType.LOCK, name));
	}

	LockLoad(Nodes nodes, String name, PrimitiveId lock) {
		super(nodes, name);
		this.lock = lock;
	}

	Command acquire(PrimitiveId lock, long acquisition, boolean queue) {
		return new LockMessages.Acquire(lock, acquisition, queue, 0);
	}

	/**
	 * Returns the answer to an acquisition.
	 * @param result the result
	 * @return the answer as a lock gives it, or null if it was none
	 */
	LockMessages.@Nullable Reply acquired(@Nullable Result result) {
		return (result instanceof LockMessages.Reply reply) ? reply : null;
	}

	Command release(PrimitiveId lock, long acquisition) {
		return new LockMessages.Release(lock, acquisition);
	}

	/**
	 * Returns the answer to a release.
	 * @param result the result
	 * @return whether something was held, or null if it was no answer
	 */
	@Nullable Boolean released(@Nullable Result result) {
		return (result instanceof LockMessages.Released released) ? released.status() == LockMessages.Released.RELEASED
				: null;
	}

	/**
	 * Returns whether a release found that the acquisition waited.
	 * @param result the result
	 * @return whether it waited
	 */
	boolean waited(@Nullable Result result) {
		return result instanceof LockMessages.Released released && released.status() == LockMessages.Released.WITHDRAWN;
	}

	/**
	 * Returns the event of a grant.
	 * @param event the event
	 * @return the event as a lock sends it, or null if it is another
	 */
	LockMessages.@Nullable Granted granted(Event event) {
		return (event instanceof LockMessages.Granted granted) ? granted : null;
	}

	Model<?, Input, Output> model() {
		return new LockModel();
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		Claims own = this.claims.computeIfAbsent(session, Claims::new);
		Acquisition acquisition = new Acquisition(caller.process(), this.acquisitions.incrementAndGet(), own);
		boolean queue = caller.random().nextBoolean();
		CompletableFuture<Grant> granted = own.expect(acquisition.number);
		Reply reply = own.submit(acquire(this.lock, acquisition.number, queue));
		LockMessages.Reply answer = acquired(reply.result);
		if (reply.isUnknown()) {
			acquisition.unknown(reply.label());
			release(acquisition);
		}
		else if (answer != null) {
			switch (answer.status()) {
				case LockMessages.Reply.GRANTED -> {
					acquisition.granted(new Grant(reply.label(), answer.token()));
					holdAndRelease(caller, acquisition);
				}
				case LockMessages.Reply.REFUSED -> acquisition.refused(reply.label());
				default -> await(caller, acquisition, granted, reply.label());
			}
		}
		else {
			progress().failed();
		}
		own.forget(acquisition.number);
	}

	private void holdAndRelease(Caller caller, Acquisition acquisition) throws Exception {
		TimeUnit.MILLISECONDS.sleep(caller.random().nextInt(6));
		release(acquisition);
	}

	private void await(Caller caller, Acquisition acquisition, CompletableFuture<Grant> granted, String label)
			throws Exception {
		try {
			acquisition.granted(granted.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
			holdAndRelease(caller, acquisition);
		}
		catch (ExecutionException ex) {
			// The session has ended: it may have been granted before that.
			acquisition.unknown(label);
		}
		catch (TimeoutException ex) {
			withdraw(acquisition, granted, label);
		}
	}

	private void withdraw(Acquisition acquisition, CompletableFuture<Grant> granted, String label) throws Exception {
		long invoked = System.nanoTime();
		Reply reply = acquisition.claims.submit(release(this.lock, acquisition.number));
		if (granted.isDone() && !granted.isCompletedExceptionally()) {
			acquisition.granted(granted.join());
			acquisition.released(invoked, reply);
			if (reply.result == null && !reply.isUnknown()) {
				release(acquisition);
			}
			return;
		}
		assertThat(released(reply.result)).as("a release without an event of the grant").isNotEqualTo(true);
		if (waited(reply.result)) {
			progress().ok();
			return;
		}
		acquisition.unknown(label);
		if (reply.result == null) {
			release(acquisition);
		}
	}

	/**
	 * Releases as long as that can have an effect.
	 */
	private void release(Acquisition acquisition) throws Exception {
		String label = acquisition.claims.label;
		while (true) {
			long invoked = System.nanoTime();
			Reply reply = acquisition.claims.submit(release(this.lock, acquisition.number));
			acquisition.released(invoked, reply);
			if (reply.result != null || reply.isUnknown() || isStopped() || acquisition.claims.ended
					|| !acquisition.claims.label.equals(label)) {
				return;
			}
			LockSupport.parkNanos(PACE);
		}
	}

	@Override
	Verdict judge() {
		List<Operation<Input, Output>> all = new ArrayList<>(this.operations);
		return new LinearizabilityChecker<>(model()).check(all);
	}

	private void add(String process, long invoked, Input input, @Nullable Output output) {
		long returned = (output != null) ? System.nanoTime() : Operation.NEVER;
		this.operations.add(new Operation<>(process, invoked, returned, input, output));
		if (output != null) {
			progress().ok();
		}
		else {
			progress().unknown();
		}
	}

	private static String label(long session) {
		return "s" + session;
	}

	/**
	 * A grant.
	 *
	 * @param label the session
	 * @param token the fencing token
	 */
	private record Grant(String label, long token) {

	}

	/**
	 * The outcome of a command.
	 *
	 * @param result the result, or null
	 * @param failure the failure, or null
	 * @param current the session in which the result was received
	 */
	private record Reply(@Nullable Result result, @Nullable Throwable failure, String current) {

		boolean isUnknown() {
			return this.failure instanceof UnknownOutcomeException;
		}

		String label() {
			return (this.failure instanceof UnknownOutcomeException unknown)
					? "s" + unknown.operation().substring(0, unknown.operation().indexOf('/')) : this.current;
		}

	}

	/**
	 * One attempt to hold the lock.
	 */
	private final class Acquisition {

		private final String process;

		private final long number;

		private final Claims claims;

		private final long invoked = System.nanoTime();

		Acquisition(String process, long number, Claims claims) {
			this.process = process;
			this.number = number;
			this.claims = claims;
		}

		private Input acquire(String label) {
			return Input.acquire("lock", label, owner());
		}

		private String owner() {
			return this.process + "/" + this.number;
		}

		void granted(Grant grant) {
			this.claims.proved(grant.label(), this.invoked);
			add(this.process, this.invoked, acquire(grant.label()), Output.granted(grant.token()));
		}

		void refused(String label) {
			this.claims.proved(label, this.invoked);
			add(this.process, this.invoked, acquire(label), Output.of(Answer.REFUSED));
		}

		void unknown(String label) {
			add(this.process, this.invoked, acquire(label), null);
		}

		void released(long began, Reply reply) {
			Input input = Input.release("lock", reply.label(), owner());
			Boolean held = LockLoad.this.released(reply.result);
			if (held != null) {
				this.claims.proved(reply.label(), began);
				add(this.process, began, input,
						Output.of((held || waited(reply.result)) ? Answer.RELEASED : Answer.NOT_OWNER));
			}
			else if (reply.isUnknown()) {
				add(this.process, began, input, null);
			}
			else {
				progress().failed();
			}
		}

	}

	/**
	 * What the present session of a node has claimed. Everything is told in the order of
	 * the log.
	 */
	private final class Claims implements EventHandler {

		private final SessionClient session;

		private final Map<Long, CompletableFuture<Grant>> expected = new ConcurrentHashMap<>();

		/**
		 * When the last operation began that proves that a session was alive then.
		 */
		private final Map<String, Long> proofs = new ConcurrentHashMap<>();

		private volatile String label;

		private volatile boolean ended;

		Claims(SessionClient session) {
			this.session = session;
			this.label = label(session.id());
			session.subscribe(LockLoad.this.lock, this);
			if (session.id() != 0) {
				this.label = label(session.id());
			}
			proved(this.label, System.nanoTime());
		}

		CompletableFuture<Grant> expect(long acquisition) {
			CompletableFuture<Grant> grant = new CompletableFuture<>();
			this.expected.put(acquisition, grant);
			return grant;
		}

		void forget(long acquisition) {
			this.expected.remove(acquisition);
		}

		void proved(String alive, long since) {
			this.proofs.merge(alive, since, Math::max);
		}

		Reply submit(Command command) throws Exception {
			return this.session.submit(command).handle((result, failure) -> {
				if (failure != null && !(failure instanceof AtomixException)) {
					throw new IllegalStateException(failure);
				}
				return new Reply(result, failure, this.label);
			}).get(CALL_SECONDS, TimeUnit.SECONDS);
		}

		@Override
		public void onEvent(Event event) {
			LockMessages.Granted granted = LockLoad.this.granted(event);
			if (granted != null) {
				CompletableFuture<Grant> grant = this.expected.get(granted.acquisition());
				if (grant != null) {
					grant.complete(new Grant(this.label, granted.token()));
				}
			}
		}

		@Override
		public void onState(long id, SessionState state) {
			if (state == SessionState.CONNECTED) {
				this.label = label(id);
				this.proofs.putIfAbsent(this.label, System.nanoTime());
			}
			else if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
				this.ended = state == SessionState.CLOSED;
				long since = this.proofs.getOrDefault(label(id), System.nanoTime());
				long told = (state == SessionState.EXPIRED) ? System.nanoTime() : Operation.NEVER;
				LockLoad.this.operations.add(new Operation<>("cluster", since, told, Input.expire(label(id)),
						(state == SessionState.EXPIRED) ? Output.of(Answer.EXPIRED) : null));
				AtomixException reason = new UnknownOutcomeException(id + "/0", "The session has ended", null);
				this.expected.values().forEach((grant) -> grant.completeExceptionally(reason));
			}
		}

	}

}
