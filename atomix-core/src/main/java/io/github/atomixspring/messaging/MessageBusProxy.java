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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.BusMessages.Replied;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.Names;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link DistributedMessageBus} over the session of its node.
 */
final class MessageBusProxy extends AbstractPrimitive implements DistributedMessageBus {

	private static final Logger logger = LoggerFactory.getLogger(MessageBusProxy.class);

	private static final int MAX_REASON = 1_000;

	private static final int MAX_REPLY = 1 << 20;

	private final Requests<Reply> requests;

	private final Intakes intakes;

	private final AsyncDistributedMessageBus async = new AsyncFace();

	/**
	 * Creates a message bus.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called when the instance is closed
	 */
	MessageBusProxy(PrimitiveSession session, String name, Runnable onClose) {
		super(session, PrimitiveType.MESSAGE_BUS, name, onClose);
		this.requests = new Requests<>(session, id(), mailbox(), session::submit,
				(receipt) -> new Reply(receipt.status(), null));
		this.intakes = new Intakes(session, id(), mailbox(), session::submit);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	@Override
	public <M, R> Registration register(String consumer, Class<M> messageType, MessageHandler<M, R> handler) {
		return session().await(add(consumer, Codecs.forType(messageType), MessageBusProxy::encodeByClass, handler));
	}

	@Override
	public <M, R> Registration register(String consumer, Codec<M> messageCodec, Codec<R> replyCodec,
			MessageHandler<M, R> handler) {
		return session().await(add(consumer, messageCodec, encoder(consumer, replyCodec), handler));
	}

	private <R> Function<R, byte[]> encoder(String consumer, Codec<R> replyCodec) {
		Objects.requireNonNull(replyCodec, "'replyCodec' must not be null");
		return new Encoding<>(replyCodec, describe(consumer, "a reply"))::encode;
	}

	private <M, R> CompletableFuture<Registration> add(String consumer, Codec<M> messageCodec,
			Function<R, byte[]> encoder, MessageHandler<M, R> handler) {
		checkName(consumer);
		Objects.requireNonNull(messageCodec, "'messageCodec' must not be null");
		Objects.requireNonNull(handler, "'handler' must not be null");
		if (isClosed()) {
			return CompletableFuture.failedFuture(closedException());
		}
		Encoding<M> encoding = new Encoding<>(messageCodec, describe(consumer, "a message"));
		return this.intakes.add((number) -> new DeliveryMessages.Consume(id(), number, consumer, 1),
				session().newSerialExecutor(), (delivery) -> handle(consumer, delivery, encoding, encoder, handler));
	}

	private <M, R> void handle(String consumer, Delivery delivery, Encoding<M> encoding, Function<R, byte[]> encoder,
			MessageHandler<M, R> handler) {
		long token = delivery.assignment().token();
		Command reply = failure(token, "an error");
		try {
			R value = handler.handle(encoding.decode(delivery.content()));
			byte[] bytes = (value != null) ? encoder.apply(value) : null;
			reply = (bytes == null || bytes.length <= MAX_REPLY) ? new BusMessages.Reply(id(), token, false, bytes)
					: failure(token, "the reply has " + bytes.length + " bytes; the limit is " + MAX_REPLY);
		}
		catch (Exception ex) {
			logger.warn("Consumer '{}' of {} failed", consumer, this, ex);
			reply = failure(token, ex.toString());
		}
		finally {
			delivery.settle(reply, Duration.ZERO);
		}
	}

	private Command failure(long token, String reason) {
		String text = (reason.length() > MAX_REASON) ? reason.substring(0, MAX_REASON) : reason;
		return new BusMessages.Reply(id(), token, true, text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public <R> @Nullable R send(String consumer, Object message, Class<R> replyType) throws InterruptedException {
		return await(consumer, encodeByClass(message), Codecs.forType(replyType));
	}

	@Override
	public <M, R> @Nullable R send(String consumer, M message, Codec<M> messageCodec, Codec<R> replyCodec)
			throws InterruptedException {
		return await(consumer, encode(consumer, message, messageCodec), replyCodec);
	}

	private <R> @Nullable R await(String consumer, byte[] message, Codec<R> replyCodec) throws InterruptedException {
		LongFunction<Command> request = request(consumer, message);
		Function<Reply, @Nullable R> decoder = decoder(consumer, replyCodec);
		checkOpen();
		return decoder.apply(this.requests.await(request, null).orElseThrow());
	}

	private LongFunction<Command> request(String consumer, byte[] message) {
		checkName(consumer);
		return (number) -> new BusMessages.Send(id(), number, consumer, message);
	}

	private <M> byte[] encode(String consumer, M message, Codec<M> messageCodec) {
		Objects.requireNonNull(message, "'message' must not be null");
		Objects.requireNonNull(messageCodec, "'messageCodec' must not be null");
		return new Encoding<>(messageCodec, describe(consumer, "a message")).encode(message);
	}

	@SuppressWarnings("unchecked")
	private static byte[] encodeByClass(Object value) {
		Objects.requireNonNull(value, "'message' must not be null");
		return new Encoding<>((Codec<Object>) Codecs.forType(value.getClass()), value.getClass().getName())
			.encode(value);
	}

	private <R> Function<Reply, @Nullable R> decoder(String consumer, Codec<R> replyCodec) {
		Objects.requireNonNull(replyCodec, "'replyCodec' must not be null");
		Encoding<R> encoding = new Encoding<>(replyCodec, describe(consumer, "a reply"));
		return (reply) -> switch (reply.status()) {
			case Replied.ANSWERED -> encoding.decodeNullable(reply.content());
			case Replied.NO_CONSUMER -> throw new NoConsumerException(this + " has no consumer '" + consumer + "'");
			case Replied.FAILED -> throw new ConsumerFailedException(
					"Consumer '" + consumer + "' of " + this + " failed: " + text(reply.content()));
			default -> throw new ConsumerLostException(session().id() + "/?",
					"Consumer '" + consumer + "' of " + this + " may have handled a message; its reply is lost");
		};
	}

	private static String text(byte @Nullable [] content) {
		return (content != null) ? new String(content, StandardCharsets.UTF_8) : "";
	}

	private String describe(String consumer, String what) {
		return what + " of the consumer '" + consumer + "' of " + this;
	}

	private static void checkName(String consumer) {
		Names.check("consumer", consumer);
		if (consumer.length() > BusMessages.MAX_NAME_LENGTH) {
			throw new IllegalArgumentException("The name of a consumer must have at most " + BusMessages.MAX_NAME_LENGTH
					+ " characters, but this has " + consumer.length());
		}
	}

	@Override
	public AsyncDistributedMessageBus async() {
		return this.async;
	}

	@Override
	protected void handle(Event event) {
		if (event instanceof DeliveryMessages.Assigned assigned) {
			this.intakes.onAssigned(assigned);
		}
		else if (event instanceof Replied replied) {
			this.requests.ended(replied.request(), new Reply(replied.status(), replied.content()));
		}
		else if (event instanceof Event.Destroyed) {
			this.intakes.restart();
		}
		else if (event instanceof Event.Resync) {
			this.intakes.resync();
			this.requests.resync();
		}
	}

	@Override
	protected void handle(long id, SessionState state) {
		this.requests.onState(state);
		this.intakes.onState(id, state);
	}

	@Override
	protected void release() {
		this.requests.close(closedException());
		this.intakes.close(closedException());
	}

	/**
	 * How a request ended.
	 *
	 * @param status a status of {@link Replied}
	 * @param content the reply or the reason of the failure, or null
	 */
	private record Reply(int status, byte @Nullable [] content) {

	}

	/**
	 * The asynchronous face.
	 */
	private final class AsyncFace implements AsyncDistributedMessageBus {

		@Override
		public <M, R> CompletableFuture<Registration> register(String consumer, Class<M> messageType,
				MessageHandler<M, R> handler) {
			return session()
				.expose(add(consumer, Codecs.forType(messageType), MessageBusProxy::encodeByClass, handler));
		}

		@Override
		public <M, R> CompletableFuture<Registration> register(String consumer, Codec<M> messageCodec,
				Codec<R> replyCodec, MessageHandler<M, R> handler) {
			return session().expose(add(consumer, messageCodec, encoder(consumer, replyCodec), handler));
		}

		@Override
		public <R> CompletableFuture<@Nullable R> send(String consumer, Object message, Class<R> replyType) {
			return start(consumer, encodeByClass(message), Codecs.forType(replyType));
		}

		@Override
		public <M, R> CompletableFuture<@Nullable R> send(String consumer, M message, Codec<M> messageCodec,
				Codec<R> replyCodec) {
			return start(consumer, encode(consumer, message, messageCodec), replyCodec);
		}

		private <R> CompletableFuture<@Nullable R> start(String consumer, byte[] message, Codec<R> replyCodec) {
			LongFunction<Command> request = request(consumer, message);
			Function<Reply, @Nullable R> decoder = decoder(consumer, replyCodec);
			return isClosed() ? CompletableFuture.failedFuture(closedException())
					: MessageBusProxy.this.requests.start(request, decoder);
		}

	}

}
