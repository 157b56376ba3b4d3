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
 * Told when a division cannot go on. The member is rebuilt from its directory then.
 */
@FunctionalInterface
interface FailureListener {

	/**
	 * Called when a division cannot go on. Returns at once and may be called from any
	 * thread, also more than once.
	 * @param reason what failed
	 * @param cause the cause, or null
	 */
	void failed(String reason, @Nullable Throwable cause);

}
