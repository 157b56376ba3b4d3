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

package io.github.atomixspring.spring.actuate;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link AtomixOperation} needs to know.
 *
 * @param name the name of a lock or of a backup, or null
 * @param token the fencing token of the holder of the lock, or null
 * @param member the node id of a member, or {@code id=host:port} of one to add, or null
 * @param force whether to remove a member although there may be no majority without it,
 * or to bring a backup back in the place of what is there
 * @param partition the number of a partition, or null for all
 */
record OperationArguments(@Nullable String name, @Nullable Long token, @Nullable String member, boolean force,
		@Nullable Integer partition) {

	/**
	 * Names no lock and no member.
	 */
	static final OperationArguments NONE = new OperationArguments(null, null, null, false, null);

	/**
	 * Names a lock.
	 * @param name the name of the lock
	 * @param token the fencing token of its holder
	 * @return the arguments
	 */
	static OperationArguments ofLock(@Nullable String name, @Nullable Long token) {
		return new OperationArguments(name, token, null, false, null);
	}

	/**
	 * Names a member.
	 * @param member the node id of the member, or {@code id=host:port}
	 * @return the arguments
	 */
	static OperationArguments ofMember(String member) {
		return new OperationArguments(null, null, member, false, null);
	}

}
