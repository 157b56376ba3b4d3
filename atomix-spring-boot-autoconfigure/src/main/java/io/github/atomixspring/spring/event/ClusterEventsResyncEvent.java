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

import org.springframework.context.ApplicationEvent;

/**
 * Events of other nodes may be missing between those before and those after: this node
 * was cut off for longer than its session lasts, too many events waited for it, or it was
 * stopped and started again. Whatever was made of such events must be made anew.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class ClusterEventsResyncEvent extends ApplicationEvent {

	/**
	 * Creates an event.
	 * @param source who tells
	 */
	public ClusterEventsResyncEvent(Object source) {
		super(source);
	}

}
