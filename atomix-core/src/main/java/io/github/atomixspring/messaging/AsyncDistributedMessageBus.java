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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedMessageBus}, with the same operations
 * under the same names.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedMessageBus {

	/**
	 * See {@link DistributedMessageBus#register(String, Class, MessageHandler)}.
	 * @param <M> the type of the messages
	 * @param <R> the type of the replies
	 * @param consumer the name of the consumer
	 * @param messageType the type of the messages
	 * @param handler handles the messages
	 * @return the registration, once the cluster knows of it
	 */
	<M, R> CompletableFuture<Registration> register(String consumer, Class<M> messageType,
			MessageHandler<M, R> handler);

	/**
	 * See {@link DistributedMessageBus#register(String, Codec, Codec, MessageHandler)}.
	 * @param <M> the type of the messages
	 * @param <R> the type of the replies
	 * @param consumer the name of the consumer
	 * @param messageCodec the codec of the messages
	 * @param replyCodec the codec of the replies
	 * @param handler handles the messages
	 * @return the registration, once the cluster knows of it
	 */
	<M, R> CompletableFuture<Registration> register(String consumer, Codec<M> messageCodec, Codec<R> replyCodec,
			MessageHandler<M, R> handler);

	/**
	 * See {@link DistributedMessageBus#send(String, Object, Class)}. Ending the future
	 * early ends the wait only.
	 * @param <R> the type of the reply
	 * @param consumer the name of the consumer
	 * @param message the message
	 * @param replyType the type of the reply
	 * @return the reply, or null if it is empty
	 */
	<R> CompletableFuture<@Nullable R> send(String consumer, Object message, Class<R> replyType);

	/**
	 * See {@link DistributedMessageBus#send(String, Object, Codec, Codec)}. Ending the
	 * future early ends the wait only.
	 * @param <M> the type of the message
	 * @param <R> the type of the reply
	 * @param consumer the name of the consumer
	 * @param message the message
	 * @param messageCodec the codec of the message
	 * @param replyCodec the codec of the reply
	 * @return the reply, or null if it is empty
	 */
	<M, R> CompletableFuture<@Nullable R> send(String consumer, M message, Codec<M> messageCodec, Codec<R> replyCodec);

}
