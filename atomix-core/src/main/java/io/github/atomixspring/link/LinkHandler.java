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

import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The session's end of a link. Called by one thread at a time, in order; must not block.
 */
public interface LinkHandler {

	/**
	 * Called for each frame.
	 * @param frame the frame
	 */
	void received(ServerFrame frame);

	/**
	 * Called once, as the last call, when the link is closed.
	 * @param cause why, or null if it was closed in order
	 */
	void closed(@Nullable Throwable cause);

}
