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

package io.github.atomixspring.server;

import org.jspecify.annotations.Nullable;

/**
 * Tells who sent a message to the service of a member.
 */
public final class NodeMessageSender {

	private NodeMessageSender() {
	}

	/**
	 * Returns the sender of a message.
	 * @param method the full name of the method
	 * @param message the message
	 * @return the id of the node, or null if it is no message to a member
	 */
	public static @Nullable String of(String method, byte[] message) {
		if (method.equals(NodeService.DESCRIBE.getFullMethodName())) {
			return NodeService.DESCRIBE_REQUEST.decode(message).node();
		}
		if (method.equals(NodeService.JOIN.getFullMethodName())) {
			return NodeService.JOIN_REQUEST.decode(message).node();
		}
		return null;
	}

}
