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

/**
 * The state of a session as its own node sees it.
 *
 * @since 0.1.0
 */
public enum SessionState {

	/**
	 * The cluster confirmed the session within its local lease: what the node holds, it
	 * holds alone.
	 */
	CONNECTED,

	/**
	 * The local lease has run out, or no session was opened yet. What the node holds
	 * counts as lost; nobody else was granted it before this state was entered.
	 */
	SUSPENDED,

	/**
	 * The cluster has ended the session. A new one is opened by itself.
	 */
	EXPIRED,

	/**
	 * The node was stopped.
	 */
	CLOSED

}
