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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.collection.ValueOrder;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
				SetOptions.of(Codecs.strings()).withTimeToLive(Duration.ofMinutes(5)));
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
		DistributedQueue<String> uploads = atomix.queue("uploads", QueueOptions.of(Codecs.strings()).withCapacity(100));
		boolean accepted = uploads.offer("photo.jpg", Duration.ofSeconds(5));
		// end::queue-options[]
		assertThat(accepted).isTrue();
		assertThat(uploads.remainingCapacity()).isEqualTo(99);
	}

	@Test
	void multimap() {
		Atomix atomix = this.atomix;
		// tag::multimap[]
		DistributedMultimap<String, String> subscribers = atomix.multimap("subscribers", String.class, String.class);
		subscribers.put("news", "alice");
		subscribers.put("news", "bob");
		List<String> readers = subscribers.get("news");
		// end::multimap[]
		assertThat(readers).containsExactly("alice", "bob");
	}

	@Test
	void multimapOptions() {
		Atomix atomix = this.atomix;
		// tag::multimap-options[]
		DistributedMultimap<String, String> ranking = atomix.multimap("ranking",
				MultimapOptions.of(Codecs.strings(), Codecs.strings()).withValueOrder(ValueOrder.NATURAL));
		ranking.putAll("level 1", List.of("carol", "alice", "bob"));
		String first = ranking.get("level 1").get(0);
		// end::multimap-options[]
		assertThat(first).isEqualTo("alice");
	}

	@Test
	void listener() {
		DistributedSet<String> online = this.atomix.set("watched", String.class);
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::listener[]
		Registration registration = online.addListener((event) -> {
			switch (event.type()) {
				case ADDED -> seen.add(event.element() + " came");
				case REMOVED, EXPIRED -> seen.add(event.element() + " went");
				case RESYNC -> seen.add("there are " + online.size());
			}
		});
		// end::listener[]
		online.add("alice");
		online.remove("alice");
		await().untilAsserted(() -> assertThat(seen).containsExactly("alice came", "alice went"));
		registration.close();
	}

	@Test
	void async() {
		DistributedQueue<String> jobs = this.atomix.queue("async-jobs", String.class);
		// tag::async[]
		CompletableFuture<String> done = jobs.async().take().thenApply((job) -> job + " is done");
		jobs.async().offer("invoice 8");
		// end::async[]
		assertThat(done.join()).isEqualTo("invoice 8 is done");
	}

}
