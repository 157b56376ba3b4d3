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

package io.github.atomixspring.link;

import io.github.atomixspring.protocol.ClientFrame;

/**
 * A link from a session to the gateway of a member. Frames arrive in the order in which
 * they were sent, or the link is closed.
 */
public interface Link {

	/**
	 * Sends a frame; never blocks. Frames sent after the link was closed are dropped.
	 * @param frame the frame
	 */
	void send(ClientFrame frame);

	/**
	 * Closes the link. The handler is told unless it was told before.
	 */
	void close();

}
