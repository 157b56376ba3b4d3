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

package io.github.atomixspring.session;

import java.time.Duration;

import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.Registration;

/**
 * The session of a node with its cluster. A node has one session at a time; everything it
 * holds on the cluster belongs to it.
 * <p>
 * With several partitions a node has a session with each, and this stands for all: the
 * state is the worst of theirs, listeners are told when that changes, the id is that of
 * the session with the first partition, and observers see the operations of all.
 *
 * @since 0.1.0
 */
public interface Session {

	/**
	 * Returns the id of the session.
	 * @return the id, or 0 if none is open
	 */
	long id();

	/**
	 * Returns the id of the node.
	 * @return the id
	 */
	String node();

	/**
	 * Returns the state, by the clock of this node.
	 * @return the state
	 */
	SessionState state();

	/**
	 * Returns after which time without contact the cluster ends the session.
	 * @return the timeout
	 */
	Duration timeout();

	/**
	 * Adds a listener for changes of the state.
	 * @param listener the listener
	 * @return the registration
	 */
	Registration addListener(SessionListener listener);

	/**
	 * Adds an observer of the operations of this node. While there is none, nothing is
	 * measured.
	 * @param observer the observer
	 * @return the registration
	 */
	Registration addObserver(OperationObserver observer);

}
