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

package io.github.atomixspring.messaging;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.EventFeed;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * A {@link DistributedTopic} over the session of its node.
 *
 * @param <T> the type of the messages
 */
final class TopicProxy<T> extends AbstractPrimitive implements DistributedTopic<T> {

	private final Encoding<T> encoding;

	private final EventFeed<TopicListener<T>> feed;

	private final Requests<Integer> requests;

	private final Acknowledgements acknowledgements;

	private final AsyncDistributedTopic<T> async = new AsyncFace();

	/**
	 * Creates a topic.
	 * @param session the session of the node
	 * @param name the name
	 * @param codec the codec
	 * @param onClose called when the instance is closed
	 */
	TopicProxy(PrimitiveSession session, String name, Codec<T> codec, Runnable onClose) {
		super(session, PrimitiveType.TOPIC, name, onClose);
		this.encoding = new Encoding<>(codec, "a message of the topic '" + name + "'");
		this.feed = new EventFeed<>(session, id(), mailbox(), this::resync);
		this.requests = new Requests<>(session, id(), mailbox(), session::submit, Receipt::status);
		this.acknowledgements = new Acknowledgements(session, id(), mailbox());
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	@Override
	public void publish(T message) {
		session().await(submitMessage(message));
	}

	@Override
	public void publishAndAwait(T message) throws InterruptedException {
		checkOpen();
		this.requests.await(request(message), null);
	}

	@Override
	public boolean publishAndAwait(T message, Duration timeout) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		checkOpen();
		return this.requests.await(request(message), timeout).isPresent();
	}

	@Override
	public Registration subscribe(TopicListener<T> listener) {
		checkOpen();
		return session().await(this.feed.add(listener, this::closedException));
	}

	@Override
	public AsyncDistributedTopic<T> async() {
		return this.async;
	}

	private CompletableFuture<Receipt> submitMessage(T message) {
		return submit(new TopicMessages.Publish(id(), 0, false, encode(message)), Receipt.class);
	}

	private LongFunction<Command> request(T message) {
		byte[] bytes = encode(message);
		return (number) -> new TopicMessages.Publish(id(), number, true, bytes);
	}

	private byte[] encode(T message) {
		return this.encoding.encode(Objects.requireNonNull(message, "'message' must not be null"));
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof TopicMessages.Published published) {
			// Decoded by the listener's own executor: codecs are code of users.
			this.feed.publish((listener) -> listener.onMessage(this.encoding.decode(published.message())));
			if (published.awaited()) {
				this.acknowledgements.received(published.number());
			}
		}
		else if (event instanceof ReceiptMessages.Ended ended) {
			this.requests.ended(ended.request(), ended.status());
		}
		else if (event instanceof Event.Destroyed) {
			this.feed.listenAnew();
		}
		else if (event instanceof Event.Resync) {
			this.feed.listenAnew();
			this.acknowledgements.resync();
			this.requests.resync();
		}
	}

	private void resync() {
		this.feed.publish(TopicListener::onResync);
	}

	@Override
	protected void handle(long id, SessionState state) {
		if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
			this.acknowledgements.reset();
		}
		this.requests.onState(state);
		this.feed.onState(state);
	}

	@Override
	protected void release() {
		this.requests.close(closedException());
		this.feed.close();
	}

	/**
	 * The asynchronous face.
	 */
	private final class AsyncFace implements AsyncDistributedTopic<T> {

		@Override
		public CompletableFuture<Void> publish(T message) {
			return session().expose(submitMessage(message).thenApply((receipt) -> null));
		}

		@Override
		public CompletableFuture<Void> publishAndAwait(T message) {
			LongFunction<Command> request = request(message);
			return isClosed() ? CompletableFuture.failedFuture(closedException())
					: TopicProxy.this.requests.start(request, (status) -> null);
		}

		@Override
		public CompletableFuture<Boolean> publishAndAwait(T message, Duration timeout) {
			Objects.requireNonNull(timeout, "'timeout' must not be null");
			LongFunction<Command> request = request(message);
			return isClosed() ? CompletableFuture.failedFuture(closedException())
					: TopicProxy.this.requests.start(request, timeout, Optional::isPresent);
		}

		@Override
		public CompletableFuture<Registration> subscribe(TopicListener<T> listener) {
			Objects.requireNonNull(listener, "'listener' must not be null");
			return isClosed() ? CompletableFuture.failedFuture(closedException())
					: session().expose(TopicProxy.this.feed.add(listener, TopicProxy.this::closedException));
		}

	}

}
