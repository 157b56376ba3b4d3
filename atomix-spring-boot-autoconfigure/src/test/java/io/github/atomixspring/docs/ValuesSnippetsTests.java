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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/values.md}.
 */
@ExtendWith(SingleMember.class)
class ValuesSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void value() {
		Atomix atomix = this.atomix;
		// tag::value[]
		DistributedValue<String> phase = atomix.value("phase", String.class);
		phase.set("loading");
		boolean changed = phase.compareAndSet("loading", "ready");
		String current = phase.get();
		// end::value[]
		assertThat(changed).isTrue();
		assertThat(current).isEqualTo("ready");
	}

	@Test
	void number() {
		Atomix atomix = this.atomix;
		// tag::number[]
		DistributedLong orders = atomix.atomicLong("orders");
		long number = orders.incrementAndGet();
		long greatest = orders.accumulateAndGet(100, Math::max);
		// end::number[]
		assertThat(number).isEqualTo(1);
		assertThat(greatest).isEqualTo(100);
	}

	@Test
	void timeToLive() {
		DistributedValue<String> announcement = this.atomix.value("announcement", String.class);
		DistributedLong attempts = this.atomix.atomicLong("attempts");
		// tag::time-to-live[]
		announcement.set("back in a minute", Duration.ofMillis(300));
		attempts.set(3, Duration.ofMillis(300));
		// end::time-to-live[]
		await().untilAsserted(() -> {
			assertThat(announcement.get()).isNull();
			assertThat(attempts.get()).isZero();
		});
	}

	@Test
	void versions() {
		DistributedValue<String> phase = this.atomix.value("versioned", String.class);
		phase.set("loading");
		// tag::versions[]
		boolean changed = phase.getVersioned()
			.map((read) -> phase.setIfVersion(read.version(), read.value() + ", once more"))
			.orElse(false);
		// end::versions[]
		assertThat(changed).isTrue();
		assertThat(phase.get()).isEqualTo("loading, once more");
	}

	@Test
	void listener() {
		DistributedValue<String> phase = this.atomix.value("listened", String.class);
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::listener[]
		Registration registration = phase.addListener((event) -> {
			switch (event.type()) {
				case UPDATED -> seen.add(event.newValue());
				case REMOVED, EXPIRED -> seen.add("nothing");
				case RESYNC -> seen.add(phase.get());
			}
		});
		// end::listener[]
		phase.set("loading");
		phase.set(null);
		await().untilAsserted(() -> assertThat(seen).containsExactly("loading", "nothing"));
		registration.close();
	}

	@Test
	void ids() {
		Atomix atomix = this.atomix;
		// tag::ids[]
		DistributedIdGenerator ids = atomix.idGenerator("orders");
		long first = ids.nextId();
		long second = ids.nextId();
		// end::ids[]
		assertThat(second).isGreaterThan(first);
	}

	@Test
	void idOptions() {
		Atomix atomix = this.atomix;
		// tag::id-options[]
		DistributedIdGenerator ids = atomix.idGenerator("events", IdGeneratorOptions.defaults().withRangeSize(50_000));
		CompletableFuture<Long> id = ids.async().nextId();
		// end::id-options[]
		assertThat(id.join()).isPositive();
	}

	@Test
	void async() {
		DistributedLong orders = this.atomix.atomicLong("async");
		// tag::async[]
		CompletableFuture<String> label = orders.async().addAndGet(1).thenApply((number) -> "order-" + number);
		// end::async[]
		assertThat(label.join()).isEqualTo("order-1");
	}

}
