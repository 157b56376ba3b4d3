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

package io.github.atomixspring.group;

/**
 * Sends messages on one channel of a group, as its {@link ProducerOptions} say.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 * @since 0.1.0
 */
public interface GroupProducer<T, R> {

	/**
	 * Sends a message. Messages that one node sends to one consumer arrive in the order
	 * of the calls. A message is delivered at least once: again if the consumer is lost
	 * before it has settled it.
	 * @param message the message
	 * @return who acknowledged or replied; nobody for {@link Execution#ASYNC}
	 * @throws MessageFailedException if the member does not exist, or somebody failed or
	 * left. A {@link Delivery#BROADCAST} with {@link Execution#REQUEST_REPLY} returns
	 * those in {@link GroupReplies#failed()} instead
	 * @throws io.github.atomixspring.primitive.LimitExceededException if too many
	 * messages wait to be settled; it was not sent
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the outcome was
	 * not known in time or got lost. The message stays sent
	 */
	GroupReplies<R> send(T message);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncGroupProducer<T, R> async();

}
