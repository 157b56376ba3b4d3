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

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The heap of this JVM without the spaces for what is new: the old or tenured generation,
 * or all of it if the collector knows no generations. Of all pools only these have a
 * threshold for their use. How much of a new generation is in use says nothing.
 */
final class LongLivedHeap implements HeapProbe {

	private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()
				&& pool.isCollectionUsageThresholdSupported())
		.toList();

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	@Override
	public HeapUse use() {
		return new HeapUse(sum(MemoryPoolMXBean::getUsage, MemoryUsage::getUsed),
				sum(MemoryPoolMXBean::getCollectionUsage, MemoryUsage::getUsed),
				sum(MemoryPoolMXBean::getUsage, (usage) -> Math.max(0, usage.getMax())));
	}

	private long sum(Function<MemoryPoolMXBean, @Nullable MemoryUsage> usage, ToLongFunction<MemoryUsage> value) {
		long sum = 0;
		for (MemoryPoolMXBean pool : this.pools) {
			MemoryUsage current = usage.apply(pool);
			sum += (current != null) ? value.applyAsLong(current) : 0;
		}
		return sum;
	}

	@Override
	public void collect() {
		this.memory.gc();
	}

}
