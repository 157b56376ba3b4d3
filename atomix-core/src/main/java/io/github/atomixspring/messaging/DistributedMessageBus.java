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

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A message bus: consumers register under a name on any node, and a message to that name
 * goes to one of them, in turn, whose reply goes back to the sender.
 * <p>
 * A message is handed to one consumer once. If that one ends without a reply the sender
 * is told by {@link ConsumerLostException}; the message does not go to another. Messages
 * and replies are kept until the consumer has replied and no longer.
 *
 * @since 0.1.0
 */
public interface DistributedMessageBus extends DistributedPrimitive {

	/**
	 * Registers a consumer. Its messages are decoded as the given type; replies are
	 * encoded as what their class says. It comes back by itself in a new session.
	 * @param <M> the type of the messages
	 * @param <R> the type of the replies
	 * @param consumer the name of the consumer, which others may share: 1 to 256
	 * characters, not blank
	 * @param messageType the type of the messages
	 * @param handler handles the messages, one at a time: register several for more
	 * @return the registration, once the cluster knows of it. Closing it ends what it has
	 * not replied to with {@link ConsumerLostException}
	 */
	<M, R> Registration register(String consumer, Class<M> messageType, MessageHandler<M, R> handler);

	/**
	 * Registers a consumer with codecs.
	 * @param <M> the type of the messages
	 * @param <R> the type of the replies
	 * @param consumer the name of the consumer
	 * @param messageCodec the codec of the messages
	 * @param replyCodec the codec of the replies
	 * @param handler handles the messages
	 * @return see {@link #register(String, Class, MessageHandler)}
	 */
	<M, R> Registration register(String consumer, Codec<M> messageCodec, Codec<R> replyCodec,
			MessageHandler<M, R> handler);

	/**
	 * Sends a message, encoded as what its class says, and waits for the reply without
	 * limit.
	 * @param <R> the type of the reply
	 * @param consumer the name of the consumer
	 * @param message the message
	 * @param replyType the type of the reply
	 * @return the reply, or null if it is empty
	 * @throws InterruptedException if the thread is interrupted. If that happens while it
	 * waits the message is, or will be, sent all the same
	 * @throws NoConsumerException if there is no consumer of that name
	 * @throws ConsumerFailedException if the handler threw an exception
	 * @throws ConsumerLostException if the consumer ended without a reply
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the session of
	 * this node was lost, or this instance closed, meanwhile
	 * @throws io.github.atomixspring.primitive.LimitExceededException if the message is
	 * too large, or too many have no reply yet: it was not sent
	 */
	<R> @Nullable R send(String consumer, Object message, Class<R> replyType) throws InterruptedException;

	/**
	 * Sends a message with codecs and waits for the reply without limit.
	 * @param <M> the type of the message
	 * @param <R> the type of the reply
	 * @param consumer the name of the consumer
	 * @param message the message
	 * @param messageCodec the codec of the message
	 * @param replyCodec the codec of the reply
	 * @return the reply, or null if it is empty
	 * @throws InterruptedException as for {@link #send(String, Object, Class)}, and so
	 * are the other exceptions
	 */
	<M, R> @Nullable R send(String consumer, M message, Codec<M> messageCodec, Codec<R> replyCodec)
			throws InterruptedException;

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedMessageBus async();

}
