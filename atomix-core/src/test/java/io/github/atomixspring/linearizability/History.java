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

package io.github.atomixspring.linearizability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Thread-safe recorder of the calls that concurrent processes make.
 * <p>
 * Times are values of {@link System#nanoTime()}, taken before a call starts and after it
 * has returned, so that an interval is never shorter than the call. On Linux that clock
 * is {@code CLOCK_MONOTONIC}, which all processes of one machine share: histories
 * recorded by several JVMs on one host can be {@linkplain #merge(Collection) merged} (not
 * those of different hosts, nor of containers with time namespaces of their own). Equal
 * times count as concurrent.
 * <p>
 * A call that was started and never completed counts as unknown, whatever the reason: a
 * JVM that is killed leaves a valid history behind if it
 * {@linkplain HistoryFormat#journal keeps a journal}. A process is only a label: after a
 * call with an unknown outcome it may go on under the same name, the open call is
 * concurrent with everything that follows.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public final class History<I, O> {

	private final Queue<HistoryEvent<I, O>> events = new ConcurrentLinkedQueue<>();

	private final AtomicLong ids = new AtomicLong();

	private final Consumer<? super HistoryEvent<I, O>> journal;

	/**
	 * Creates a history that is kept in memory.
	 */
	public History() {
		this((event) -> {
		});
	}

	/**
	 * Creates a history that is kept in memory and passed on as it grows.
	 * @param journal receives each event before the recorder returns, on any thread
	 */
	public History(Consumer<? super HistoryEvent<I, O>> journal) {
		this.journal = journal;
	}

	/**
	 * Records that a call is about to start.
	 * @param process the logical client
	 * @param input what it asks for
	 * @return the handle by which the end is recorded
	 */
	public Invocation invoke(String process, I input) {
		long id = this.ids.getAndIncrement();
		append(new HistoryEvent<>(id, process, HistoryEvent.Type.INVOKE, System.nanoTime(), input, null));
		return new Invocation(id, process);
	}

	/**
	 * Makes a blocking call and records its start and its end.
	 * @param process the logical client
	 * @param input what it asks for
	 * @param call the call itself
	 * @param neverHappens tells of an exception whether it proves that the call did not
	 * and will not take effect; any other leaves the outcome unknown
	 * @return the output, empty if the call threw an exception
	 */
	public Optional<O> perform(String process, I input, Callable<O> call, Predicate<Exception> neverHappens) {
		Invocation invocation = invoke(process, input);
		try {
			O output = call.call();
			invocation.ok(output);
			return Optional.of(output);
		}
		catch (Exception ex) {
			if (neverHappens.test(ex)) {
				invocation.fail();
			}
			else {
				invocation.unknown();
			}
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			return Optional.empty();
		}
	}

	/**
	 * Returns the events in the order in which they were recorded.
	 * @return a copy
	 */
	public List<HistoryEvent<I, O>> events() {
		return List.copyOf(this.events);
	}

	/**
	 * Returns the calls that happened or may have happened, in the order of their start.
	 * @return a copy, without the calls that failed
	 */
	public List<Operation<I, O>> operations() {
		Map<Long, Operation<I, O>> operations = new LinkedHashMap<>();
		for (HistoryEvent<I, O> event : this.events) {
			switch (event.type()) {
				case INVOKE -> operations.put(event.id(), new Operation<>(event.process(), event.time(),
						Operation.NEVER, Objects.requireNonNull(event.input()), null));
				case OK -> operations.computeIfPresent(event.id(), (id, open) -> new Operation<>(open.process(),
						open.invoked(), event.time(), open.input(), Objects.requireNonNull(event.output())));
				case FAIL -> operations.remove(event.id());
				case UNKNOWN -> {
				}
			}
		}
		return new ArrayList<>(operations.values());
	}

	/**
	 * Joins histories that were recorded on one machine.
	 * @param parts the histories
	 * @param <I> the type of inputs
	 * @param <O> the type of outputs
	 * @return a new history with the calls of all of them
	 */
	public static <I, O> History<I, O> merge(Collection<History<I, O>> parts) {
		History<I, O> merged = new History<>();
		for (History<I, O> part : parts) {
			long offset = merged.ids.get();
			part.events.forEach((event) -> merged.restore(event.renumbered(offset)));
		}
		return merged;
	}

	void restore(HistoryEvent<I, O> event) {
		this.ids.accumulateAndGet(event.id() + 1, Math::max);
		this.events.add(event);
	}

	private void append(HistoryEvent<I, O> event) {
		this.events.add(event);
		this.journal.accept(event);
	}

	/**
	 * Call that has started; exactly one of its methods may be called, once.
	 */
	public final class Invocation {

		private final long id;

		private final String process;

		private final AtomicBoolean completed = new AtomicBoolean();

		private Invocation(long id, String process) {
			this.id = id;
			this.process = process;
		}

		/**
		 * Records that the call took effect.
		 * @param output what it returned
		 */
		public void ok(O output) {
			complete(HistoryEvent.Type.OK, output);
		}

		/**
		 * Records that the call did not and will never take effect.
		 */
		public void fail() {
			complete(HistoryEvent.Type.FAIL, null);
		}

		/**
		 * Records that nobody knows whether and when the call takes effect.
		 */
		public void unknown() {
			complete(HistoryEvent.Type.UNKNOWN, null);
		}

		private void complete(HistoryEvent.Type type, @Nullable O output) {
			long now = System.nanoTime();
			if (!this.completed.compareAndSet(false, true)) {
				throw new IllegalStateException("Call %d of '%s' is already complete".formatted(this.id, this.process));
			}
			append(new HistoryEvent<>(this.id, this.process, type, now, null, output));
		}

	}

}
