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

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.atomixspring.cluster.MemoryStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the heap of a member, so that writes are refused before there is no memory: an
 * entry that could not be applied would end the member, and the others with the same
 * state soon after it.
 * <p>
 * Only a collection tells what of the heap is garbage. A collector that finds nothing to
 * do in its old generation leaves it alone until it is full, and then it may be too late
 * to refuse; and after a shortage it may not look again for hours. So where the use of
 * the heap, with all garbage, leaves room for doubt and no collection came by itself, one
 * is asked for, so seldom that these take no more than a twentieth of the time; and at
 * once where a quarter of what is to stay free may be used, as the collector would soon.
 * <p>
 * A shortage ends a good deal below where it began, so that it does not come and go. It
 * is measured again and again by one thread and may be asked by any.
 */
class MemoryGuard {

	private static final Logger logger = LoggerFactory.getLogger(MemoryGuard.class);

	private static final int ALL_PERCENT = 100;

	private static final long MIN_PAUSE = TimeUnit.SECONDS.toNanos(1);

	/**
	 * How many times as long as a collection has taken no other is asked for.
	 */
	private static final int PAUSE_FACTOR = 20;

	private final String node;

	private final int percent;

	private final HeapProbe probe;

	private final LongSupplier nanoClock;

	private volatile MemoryStatus status = new MemoryStatus(0, 0, null);

	private volatile Admission own = Admission.ALL;

	private long lastCollected;

	private long pause = MIN_PAUSE;

	private long nextCollection;

	/**
	 * Creates a guard.
	 * @param config the configuration of the member
	 * @param probe measures
	 * @param nanoClock the monotonic time in nanoseconds
	 */
	MemoryGuard(ServerConfig config, HeapProbe probe, LongSupplier nanoClock) {
		this.node = config.self().id();
		this.percent = config.maxHeapUse();
		this.probe = probe;
		this.nanoClock = nanoClock;
		this.nextCollection = nanoClock.getAsLong();
	}

	/**
	 * Measures. Used by one thread.
	 */
	void measure() {
		if (this.percent == 0 || this.percent == ALL_PERCENT) {
			return;
		}
		HeapUse use = this.probe.use();
		if (isCollectionDue(use)) {
			collect();
			use = this.probe.use();
		}
		judge(use);
	}

	private long limit(HeapUse use) {
		return (long) (use.max() * (this.percent / (double) ALL_PERCENT));
	}

	private long bound(HeapUse use) {
		long limit = limit(use);
		return this.own.isRestricted() ? limit - limit / 10 : limit;
	}

	private boolean isCollectionDue(HeapUse use) {
		long now = this.nanoClock.getAsLong();
		if (use.collected() != this.lastCollected) {
			this.lastCollected = use.collected();
			this.nextCollection = now + this.pause;
		}
		if (use.max() == 0) {
			return false;
		}
		if (this.own.isRestricted()) {
			// What was removed is only known when it was collected.
			return use.used() > bound(use) && now - this.nextCollection >= 0;
		}
		// Until then the collector may get to it by itself, in its own way.
		long limit = limit(use);
		return use.used() > limit + (use.max() - limit) / 4;
	}

	private void collect() {
		long start = this.nanoClock.getAsLong();
		this.probe.collect();
		long end = this.nanoClock.getAsLong();
		this.pause = Math.max(MIN_PAUSE, (end - start) * PAUSE_FACTOR);
		this.nextCollection = end + this.pause;
		logger.debug("Node '{}' has asked for a collection of garbage, which took {} ms", this.node,
				TimeUnit.NANOSECONDS.toMillis(end - start));
	}

	private void judge(HeapUse use) {
		boolean before = this.own.isRestricted();
		boolean tooMuch = use.max() > 0 && use.live() > bound(use);
		String shortage = tooMuch ? describe(use) : null;
		this.status = new MemoryStatus(use.live(), limit(use), shortage);
		this.own = (shortage != null) ? Admission.during(Admission.Level.REMOVALS, shortage) : Admission.ALL;
		if (shortage != null && !before) {
			logger.warn("{}: it takes no writes but removals until there is more", shortage);
		}
		else if (shortage == null && before) {
			logger.info("Node '{}' has memory again: {} are in use for what lives long", this.node,
					StorageGuard.megabytes(use.live()));
		}
	}

	private String describe(HeapUse use) {
		return "Node '" + this.node + "' uses " + use.live() + " bytes (" + StorageGuard.megabytes(use.live())
				+ ") of the " + StorageGuard.megabytes(use.max()) + " that its heap has for what lives long, which is "
				+ "more than the " + this.percent + " % of atomix.memory.max-heap-use: remove something, or give it a "
				+ "larger heap (-Xmx)";
	}

	/**
	 * Returns what may be taken.
	 * @return what may be taken, as far as is known
	 */
	Admission admission() {
		return this.own;
	}

	/**
	 * Returns the use of the heap.
	 * @return the status
	 */
	MemoryStatus status() {
		return this.status;
	}

}
