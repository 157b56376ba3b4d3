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

import org.springframework.context.Lifecycle;

/**
 * What keeps a listener registered with the cluster between a start and a stop. It is
 * found by its id in the {@link MessageListeners}.
 * <p>
 * A start does not wait for the cluster: the listener is registered as soon as there is a
 * quorum, and again by itself in each new session. A container that was stopped by a call
 * of its own stays stopped when the application is paused and goes on.
 *
 * @since 0.1.0
 */
public interface ListenerContainer extends Lifecycle {

	/**
	 * Returns the id.
	 * @return the id, unique in the application
	 */
	String id();

	/**
	 * Returns whether the cluster has registered the listener since it was started.
	 * Messages that are published from then on are received.
	 * @return whether it is registered
	 */
	boolean isRegistered();

	/**
	 * Starts to listen. Does nothing if it does already.
	 */
	@Override
	void start();

	/**
	 * Begins no more calls, and waits for those that are running as long as
	 * {@code atomix.listeners.shutdown-timeout} says. A listener that stops its own
	 * container is not waited for. Does nothing if it was not started.
	 */
	@Override
	void stop();

	/**
	 * Begins no more calls, and does not wait.
	 * @param callback called when the running calls have ended, or the time for that is
	 * over
	 */
	void stop(Runnable callback);

}
