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

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;

/**
 * A topic: every message goes to all who have subscribed, on all nodes.
 * <p>
 * All subscribers see the messages in one order, that of the log. A subscriber misses
 * none of those published after its subscription, and gets none twice, as long as the
 * session of its node lives; where that cannot be kept it is told by
 * {@link TopicListener#onResync()}. Messages are not stored for those who have not
 * subscribed.
 *
 * @param <T> the type of the messages
 * @since 0.1.0
 */
public interface DistributedTopic<T> extends DistributedPrimitive {

	/**
	 * Publishes a message and waits until it is committed: all who had subscribed by then
	 * will receive it.
	 * @param message the message
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the answer was
	 * lost: the message may have been published
	 */
	void publish(T message);

	/**
	 * Publishes a message and waits, without limit, until all nodes with subscribers at
	 * the time of the commit have received it. A node counts when the message has arrived
	 * there and is on its way to the listeners, when it has unsubscribed, and when its
	 * session has ended.
	 * @param message the message
	 * @throws InterruptedException if the thread is interrupted. If that happens while it
	 * waits the message is, or will be, published all the same
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the session of
	 * this node was lost, or this instance closed, meanwhile: the message may have been
	 * published and received
	 * @throws io.github.atomixspring.primitive.LimitExceededException if too many
	 * messages of this topic are waited for: it was not published
	 */
	void publishAndAwait(T message) throws InterruptedException;

	/**
	 * Publishes a message and waits, at most the given time, until all nodes with
	 * subscribers have received it.
	 * @param message the message
	 * @param timeout the longest wait, positive
	 * @return whether all have received it; false says nothing about whether it was
	 * published
	 * @throws InterruptedException as for {@link #publishAndAwait(Object)}
	 */
	boolean publishAndAwait(T message, Duration timeout) throws InterruptedException;

	/**
	 * Subscribes. The subscription comes back by itself in a new session, and the
	 * messages that were missed meanwhile are announced by
	 * {@link TopicListener#onResync()}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it: messages published from
	 * then on are received
	 */
	Registration subscribe(TopicListener<T> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedTopic<T> async();

}
