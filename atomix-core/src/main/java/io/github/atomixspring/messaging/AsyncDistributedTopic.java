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
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedTopic}, with the same operations under the
 * same names.
 *
 * @param <T> the type of the messages
 * @since 0.1.0
 */
public interface AsyncDistributedTopic<T> {

	/**
	 * See {@link DistributedTopic#publish(Object)}.
	 * @param message the message
	 * @return completes when the message is committed
	 */
	CompletableFuture<Void> publish(T message);

	/**
	 * See {@link DistributedTopic#publishAndAwait(Object)}. Ending the future early ends
	 * the wait only.
	 * @param message the message
	 * @return completes when all nodes with subscribers have received the message
	 */
	CompletableFuture<Void> publishAndAwait(T message);

	/**
	 * See {@link DistributedTopic#publishAndAwait(Object, Duration)}. Ending the future
	 * early ends the wait only.
	 * @param message the message
	 * @param timeout the longest wait, positive
	 * @return whether all have received it; false says nothing about whether it was
	 * published
	 */
	CompletableFuture<Boolean> publishAndAwait(T message, Duration timeout);

	/**
	 * See {@link DistributedTopic#subscribe(TopicListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> subscribe(TopicListener<T> listener);

}
