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

package io.github.atomixspring.faults.workload;

import org.jspecify.annotations.Nullable;

/**
 * A workload in one process. Its callers share it.
 */
interface Load extends AutoCloseable {

	/**
	 * The longest time that a call may take to end in some way, longer than the operation
	 * timeout of the nodes.
	 */
	long CALL_SECONDS = 30;

	/**
	 * Makes and records one call.
	 * @param caller who calls
	 * @throws Exception if something happens that must not
	 */
	void call(Caller caller) throws Exception;

	/**
	 * Makes the last calls of all, when no caller calls any more. In one process only.
	 * @param caller who calls
	 * @return what all processes have to wait for, or null for nothing
	 * @throws Exception if something happens that must not
	 */
	default @Nullable String finish(Caller caller) throws Exception {
		return null;
	}

	/**
	 * Waits for what the last calls have caused here.
	 * @param last what they said is to be waited for
	 * @throws Exception if it does not come
	 */
	default void settle(String last) throws Exception {
		throw new UnsupportedOperationException();
	}

	@Override
	void close();

}
