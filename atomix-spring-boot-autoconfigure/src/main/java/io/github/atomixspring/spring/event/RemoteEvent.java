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

package io.github.atomixspring.spring.event;

import org.springframework.context.PayloadApplicationEvent;

/**
 * An event that another node has published, as it is published again on this one.
 * Listeners of the type of the payload receive it too; those that want to know where it
 * comes from, or want events of other nodes only, listen to this type.
 *
 * @param <T> the type of the event
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class RemoteEvent<T> extends PayloadApplicationEvent<T> {

	private final String node;

	/**
	 * Creates an event.
	 * @param source who publishes it on this node
	 * @param payload the event
	 * @param node the name of the node that published it first
	 */
	public RemoteEvent(Object source, T payload, String node) {
		super(source, payload);
		this.node = node;
	}

	/**
	 * Returns the name of the node that published the event.
	 * @return the name
	 */
	public String getNode() {
		return this.node;
	}

}
