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

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.StorageStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room that a member has on its disk and in its heap, what it knows of that of the
 * others, and what it takes accordingly. It is measured again and again by one thread and
 * may be asked by any.
 */
final class Headroom {

	private static final Logger logger = LoggerFactory.getLogger(Headroom.class);

	private final StorageGuard disk;

	private final MemoryGuard heap;

	/**
	 * What may be taken since the other members that have room are too few.
	 */
	private volatile Admission others = Admission.ALL;

	/**
	 * Creates an instance.
	 * @param config the configuration of the member
	 * @param space measures its disk
	 * @param heap measures its heap
	 */
	Headroom(ServerConfig config, SpaceProbe space, HeapProbe heap) {
		this.disk = new StorageGuard(config, space);
		this.heap = new MemoryGuard(config, heap, System::nanoTime);
	}

	/**
	 * Measures. Used by one thread.
	 */
	void measure() {
		this.disk.measure();
		this.heap.measure();
	}

	/**
	 * Takes note of what is known of the other members.
	 * @param admission what may be taken, restricted if those that have room are too few
	 * for a majority
	 */
	void others(Admission admission) {
		Admission before = this.others;
		this.others = admission;
		if (admission.isRestricted() && !before.isRestricted()) {
			logger.warn(admission.reason());
		}
	}

	/**
	 * Returns what may be taken.
	 * @return what may be taken, as far as is known
	 */
	Admission admission() {
		return this.disk.admission().and(this.others).and(this.heap.admission());
	}

	/**
	 * Returns why this member takes no writes, or would take none if it led.
	 * @return what it has too little of, or null
	 */
	@Nullable String shortage() {
		return join(this.disk.status().shortage(), this.heap.status().shortage());
	}

	/**
	 * Returns what is wrong.
	 * @return the shortage of this member or else that of others, or null
	 */
	@Nullable String problem() {
		String shortage = shortage();
		Admission known = this.others;
		return (shortage == null && known.isRestricted()) ? known.reason() : shortage;
	}

	/**
	 * Joins what members have too little of.
	 * @param shortages the texts; null stands for no shortage
	 * @return the text, or null if there is no shortage
	 */
	static @Nullable String join(@Nullable String... shortages) {
		String joined = Stream.of(shortages).filter(Objects::nonNull).collect(Collectors.joining("; "));
		return joined.isEmpty() ? null : joined;
	}

	/**
	 * Returns the room of this member on its disk.
	 * @return the status
	 */
	StorageStatus storage() {
		return this.disk.status();
	}

	/**
	 * Returns the use of the heap of this member.
	 * @return the status
	 */
	MemoryStatus memory() {
		return this.heap.status();
	}

	/**
	 * Checks that there is room on the disk for a file that can wait.
	 * @param bytes about how many bytes it still has
	 * @throws IOException if it would take more than half of what is required to be free
	 */
	void require(long bytes) throws IOException {
		this.disk.require(bytes);
	}

}
