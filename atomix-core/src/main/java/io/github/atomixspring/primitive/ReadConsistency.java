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

package io.github.atomixspring.primitive;

/**
 * How fresh a read is.
 *
 * @since 0.1.0
 */
public enum ReadConsistency {

	/**
	 * The read sees every write that completed anywhere before the read began.
	 */
	LINEARIZABLE,

	/**
	 * The read is answered by any member that has seen at least what this node has
	 * written and read before. It may miss the latest writes of others but never goes
	 * back in time.
	 */
	SEQUENTIAL

}
