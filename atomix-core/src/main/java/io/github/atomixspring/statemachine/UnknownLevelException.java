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

package io.github.atomixspring.statemachine;

/**
 * The cluster has gone to a feature level that this software does not know. A member that
 * went on would have another state than the others.
 */
public final class UnknownLevelException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownLevelException(int level, int known) {
		super("The cluster uses the feature level " + level + ", but this software knows levels up to " + known
				+ ": run the newer software on this node");
	}

}
