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

package io.github.atomixspring.value;

import io.github.atomixspring.protocol.IdMessages;

/**
 * How one instance of a generator of ids works.
 *
 * @param rangeSize how many ids are fetched at once, from 1 to 1,000,000. A greater one
 * asks the cluster less often and skips more ids when the node stops
 * @since 0.1.0
 */
public record IdGeneratorOptions(int rangeSize) {

	private static final int DEFAULT_RANGE_SIZE = 1_000;

	public IdGeneratorOptions {
		if (rangeSize < 1 || rangeSize > IdMessages.Reserve.MAX_COUNT) {
			throw new IllegalArgumentException(
					"'rangeSize' must be from 1 to " + IdMessages.Reserve.MAX_COUNT + ", not " + rangeSize);
		}
	}

	/**
	 * Returns the default options: ranges of 1,000 ids.
	 * @return the options
	 */
	public static IdGeneratorOptions defaults() {
		return new IdGeneratorOptions(DEFAULT_RANGE_SIZE);
	}

	/**
	 * Returns these options with another size of ranges.
	 * @param newRangeSize how many ids are fetched at once, from 1 to 1,000,000
	 * @return the options
	 */
	public IdGeneratorOptions withRangeSize(int newRangeSize) {
		return new IdGeneratorOptions(newRangeSize);
	}

}
