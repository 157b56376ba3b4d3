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

package io.github.atomixspring.faults.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.atomixspring.faulttolerance.TopicOrder;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.messaging.AsyncDistributedTopic;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes messages to a topic to which all nodes listen.
 * <p>
 * What a listener hears between two announced gaps must be in the order that all hear,
 * without repetition, and complete: if it heard one message before another was published,
 * and one that was published after that other had been, it must have heard the other.
 */
final class EventLoad extends RecordedLoad<EventLoad.Publication, Boolean> {

	static final String KIND = "events";

	static final String HEARD = "heard";

	static final HistoryFormat<Publication, Boolean> FORMAT = new HistoryFormat<>(Publication.class, Boolean.class);

	private static final String GAP = "-";

	private static final int ATTEMPTS = 10;

	private final AsyncDistributedTopic<String> topic;

	private final Notes heard;

	private final Map<String, CountDownLatch> seen = new ConcurrentHashMap<>();

	private final AtomicLong messages = new AtomicLong();

	private boolean subscribed;

	EventLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
		this.heard = new Notes(surroundings.journals().file(HEARD, surroundings.process()));
		this.topic = surroundings.atomix().topic(KIND, String.class).async();
	}

	@Override
	public void call(Caller caller) throws Exception {
		if (subscribe()) {
			publish(caller);
		}
	}

	private synchronized boolean subscribe() throws Exception {
		if (!this.subscribed) {
			try {
				this.topic.subscribe(new Listener()).get();
				this.subscribed = true;
			}
			catch (ExecutionException ex) {
				if (!(ex.getCause() instanceof AtomixException)) {
					throw ex;
				}
				// The next call tries again.
			}
		}
		return this.subscribed;
	}

	private @Nullable String publish(Caller caller) throws Exception {
		String message = surroundings().process() + "-" + this.messages.incrementAndGet();
		boolean awaited = caller.random().nextInt(4) == 0;
		Boolean done = perform(caller, new Publication(message),
				() -> ((awaited) ? this.topic.publishAndAwait(message) : this.topic.publish(message))
					.thenApply((nothing) -> true));
		return (done != null) ? message : null;
	}

	/**
	 * Publishes a last message.
	 */
	@Override
	public String finish(Caller caller) throws Exception {
		for (int i = 0; i < ATTEMPTS; i++) {
			String last = publish(caller);
			if (last != null) {
				return last;
			}
		}
		throw new IllegalStateException("The last message cannot be published");
	}

	/**
	 * Waits for the last message.
	 */
	@Override
	public synchronized void settle(String last) throws Exception {
		if (this.subscribed) {
			this.seen.computeIfAbsent(last, (absent) -> new CountDownLatch(1));
			if (!this.seen.get(last).await(CALL_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The last message %s was not heard".formatted(last));
			}
		}
	}

	static List<String> mistakes(List<Operation<Publication, Boolean>> publications,
			Map<String, List<String[]>> heard) {
		Map<String, Operation<Publication, Boolean>> published = new HashMap<>();
		publications.forEach((publication) -> published.put(publication.input().message(), publication));
		TopicOrder<String> order = new TopicOrder<>();
		List<String> incomplete = new ArrayList<>();
		heard.forEach((subscriber, lines) -> {
			List<@Nullable String> told = new ArrayList<>();
			List<String[]> segment = new ArrayList<>();
			for (String[] line : lines) {
				boolean gap = line[1].equals(GAP);
				told.add((gap) ? null : line[1]);
				if (gap) {
					incomplete.addAll(missing(subscriber, segment, published));
					segment.clear();
				}
				else {
					segment.add(line);
				}
			}
			incomplete.addAll(missing(subscriber, segment, published));
			order.add(subscriber, told);
		});
		return Stream.of(order.mistakes(), incomplete, order.invented(published.keySet()))
			.flatMap(List::stream)
			.toList();
	}

	private static List<String> missing(String subscriber, List<String[]> segment,
			Map<String, Operation<Publication, Boolean>> published) {
		if (segment.isEmpty()) {
			return List.of();
		}
		long first = Long.parseLong(segment.get(0)[0]);
		List<String> messages = segment.stream().map((line) -> line[1]).toList();
		long last = messages.stream()
			.map(published::get)
			.filter((publication) -> publication != null)
			.mapToLong(Operation::invoked)
			.max()
			.orElse(first);
		Set<String> own = new HashSet<>(messages);
		return published.values()
			.stream()
			.filter((publication) -> !publication.isUnknown() && publication.invoked() > first
					&& publication.returned() < last && !own.contains(publication.input().message()))
			.map((publication) -> subscriber + " missed " + publication.input().message())
			.toList();
	}

	@Override
	public void close() {
		this.heard.close();
		super.close();
	}

	/**
	 * Notes what it hears.
	 */
	private final class Listener implements TopicListener<String> {

		@Override
		public void onMessage(String message) {
			EventLoad.this.heard.add(System.nanoTime(), message);
			EventLoad.this.seen.computeIfAbsent(message, (absent) -> new CountDownLatch(1)).countDown();
		}

		@Override
		public void onResync() {
			EventLoad.this.heard.add(System.nanoTime(), GAP);
		}

	}

	/**
	 * Publication of a message.
	 *
	 * @param message the message, which is published once
	 */
	record Publication(String message) {

	}

}
