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

package io.github.atomixspring.spring.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.messaging.RunningCalls.Call;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps a listener subscribed to a topic.
 *
 * @param <T> the type of the messages
 */
final class TopicListenerContainer<T> extends AbstractListenerContainer {

	private static final Log logger = LogFactory.getLog(TopicListenerContainer.class);

	private final DistributedTopic<T> topic;

	private final TopicListener<T> listener;

	private volatile boolean subscribed;

	TopicListenerContainer(String id, DistributedTopic<T> topic, TopicListener<T> listener, Duration shutdownTimeout) {
		super(id, "topic '" + topic.name() + "'", shutdownTimeout);
		this.topic = topic;
		this.listener = listener;
	}

	@Override
	CompletableFuture<Registration> register(ListenerRun run) {
		Subscription subscription = new Subscription(run, this.subscribed);
		CompletableFuture<Registration> registered = this.topic.async().subscribe(subscription);
		registered.thenRunAsync(subscription::begin);
		return registered;
	}

	/**
	 * A subscription of one run. Its first calls can come before the answer that it is
	 * there, on another thread.
	 */
	private final class Subscription implements TopicListener<T> {

		private final ListenerRun run;

		private final ReentrantLock turn = new ReentrantLock();

		/**
		 * Whether the listener must be told that messages are missing: those from between
		 * two runs are.
		 */
		private boolean missed;

		Subscription(ListenerRun run, boolean missed) {
			this.run = run;
			this.missed = missed;
		}

		void begin() {
			TopicListenerContainer.this.subscribed = true;
			call(this::announce);
		}

		@Override
		public void onMessage(T message) {
			call(() -> {
				announce();
				guard(() -> TopicListenerContainer.this.listener.onMessage(message));
			});
		}

		@Override
		public void onResync() {
			call(() -> {
				this.missed = true;
				announce();
			});
		}

		private void announce() {
			if (this.missed) {
				this.missed = false;
				guard(TopicListenerContainer.this.listener::onResync);
			}
		}

		private void guard(Runnable call) {
			try {
				call.run();
			}
			catch (RuntimeException ex) {
				logger.warn(TopicListenerContainer.this + " failed", ex);
			}
		}

		private void call(Runnable part) {
			Call call = this.run.beginCall();
			if (call == null) {
				return;
			}
			this.turn.lock();
			try {
				call.run(part);
			}
			finally {
				this.turn.unlock();
				call.end();
			}
		}

	}

}
