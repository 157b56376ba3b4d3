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

package io.github.atomixspring.group;

import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes groups. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Groups {

	private Groups() {
	}

	/**
	 * Creates the instance of a group.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the group
	 */
	public static DistributedGroup create(PrimitiveSession session, String name, GroupOptions options,
			Runnable onClose) {
		GroupProxy group = new GroupProxy(session, name, options, onClose);
		group.start();
		return group;
	}

}
