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

package io.github.atomixspring.spring.cache;

import java.util.concurrent.atomic.LongAdder;

/**
 * What one cache has done on this node.
 */
final class CacheCounters {

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	private final LongAdder puts = new LongAdder();

	private final LongAdder removals = new LongAdder();

	private final LongAdder loads = new LongAdder();

	void lookedUp(boolean found) {
		((found) ? this.hits : this.misses).increment();
	}

	void put() {
		this.puts.increment();
	}

	void removed() {
		this.removals.increment();
	}

	void loaded() {
		this.loads.increment();
	}

	long hits() {
		return this.hits.sum();
	}

	long misses() {
		return this.misses.sum();
	}

	long puts() {
		return this.puts.sum();
	}

	long removals() {
		return this.removals.sum();
	}

	long loads() {
		return this.loads.sum();
	}

}
