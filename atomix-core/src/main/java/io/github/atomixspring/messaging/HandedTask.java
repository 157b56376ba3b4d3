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

import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * A {@link Task} over its delivery.
 *
 * @param <T> the type of the tasks
 */
final class HandedTask<T> implements Task<T> {

	private static final long FIRST_PAUSE = 10;

	private static final long LONGEST_PAUSE = 1_000;

	private final PrimitiveSession session;

	private final PrimitiveId queue;

	private final Delivery delivery;

	private final T value;

	HandedTask(PrimitiveSession session, PrimitiveId queue, Delivery delivery, T value) {
		this.session = session;
		this.queue = queue;
		this.delivery = delivery;
		this.value = value;
	}

	@Override
	public long id() {
		return this.delivery.assignment().id();
	}

	@Override
	public T value() {
		return this.value;
	}

	@Override
	public int deliveryCount() {
		return this.delivery.assignment().delivery();
	}

	@Override
	public long fencingToken() {
		return this.delivery.assignment().token();
	}

	@Override
	public boolean isHeld() {
		return this.delivery.isHeld();
	}

	@Override
	public CompletableFuture<Boolean> complete() {
		return this.session.expose(complete(this.delivery, this.queue));
	}

	@Override
	public CompletableFuture<Boolean> fail() {
		return this.session.expose(fail(this.delivery, this.queue));
	}

	static CompletableFuture<Boolean> complete(Delivery delivery, PrimitiveId queue) {
		return delivery.settle(new TaskMessages.Settle(queue, delivery.assignment().token(), true), Duration.ZERO);
	}

	/**
	 * Gives a task back. One that always fails must not go round as fast as the cluster
	 * can: that would fill the log.
	 * @param delivery the delivery
	 * @param queue the queue
	 * @return whether the cluster took it
	 */
	static CompletableFuture<Boolean> fail(Delivery delivery, PrimitiveId queue) {
		TaskMessages.Settle command = new TaskMessages.Settle(queue, delivery.assignment().token(), false);
		return delivery.settle(command, pause(delivery.assignment().delivery()));
	}

	static Duration pause(int deliveries) {
		if (deliveries <= 1) {
			return Duration.ZERO;
		}
		return Duration.ofMillis(Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(deliveries - 2, Byte.SIZE)));
	}

}
