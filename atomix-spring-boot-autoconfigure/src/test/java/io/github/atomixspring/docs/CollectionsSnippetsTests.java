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

package io.github.atomixspring.docs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/collections.md}.
 */
@ExtendWith(SingleMember.class)
class CollectionsSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void set() {
		Atomix atomix = this.atomix;
		List<String> greeted = new ArrayList<>();
		// tag::set[]
		DistributedSet<String> online = atomix.set("online", String.class);
		if (online.add("alice")) {
			greeted.add("alice");
		}
		boolean known = online.contains("alice");
		// end::set[]
		assertThat(greeted).containsExactly("alice");
		assertThat(known).isTrue();
	}

	@Test
	void setOptions() {
		Atomix atomix = this.atomix;
		// tag::set-options[]
		DistributedSet<String> recent = atomix.set("recent",
				SetOptions.of(Codecs.string()).withTimeToLive(Duration.ofMinutes(5)));
		recent.add("order 17");
		recent.add("order 18", Duration.ofSeconds(10));
		// end::set-options[]
		assertThat(recent).containsExactly("order 17", "order 18");
	}

	@Test
	void queue() throws InterruptedException {
		Atomix atomix = this.atomix;
		// tag::queue[]
		DistributedQueue<String> jobs = atomix.queue("jobs", String.class);
		jobs.put("invoice 7");
		String job = jobs.take();
		// end::queue[]
		assertThat(job).isEqualTo("invoice 7");
	}

	@Test
	void queueOptions() throws InterruptedException {
		Atomix atomix = this.atomix;
		// tag::queue-options[]
		DistributedQueue<String> uploads = atomix.queue("uploads", QueueOptions.of(Codecs.string()).withCapacity(100));
		boolean accepted = uploads.offer("photo.jpg", Duration.ofSeconds(5));
		// end::queue-options[]
		assertThat(accepted).isTrue();
		assertThat(uploads.remainingCapacity()).isEqualTo(99);
	}

}
