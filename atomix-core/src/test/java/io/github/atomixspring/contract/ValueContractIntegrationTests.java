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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.LongEvent;
import io.github.atomixspring.value.ValueEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contracts of {@link DistributedValue} and {@link DistributedLong}.
 */
class ValueContractIntegrationTests extends AbstractContractTests {

	private DistributedValue<String> value() {
		return node().value(this.name, String.class);
	}

	private DistributedValue<String> otherValue() {
		return other().value(this.name, String.class);
	}

	private DistributedLong number() {
		return node().atomicLong(this.name);
	}

	private DistributedLong otherNumber() {
		return other().atomicLong(this.name);
	}

	@Test
	void valueIsSharedAndGuarded() {
		value().set("a");
		assertThat(otherValue().get()).isEqualTo("a");
		assertThat(otherValue().compareAndSet("a", "b")).isTrue();
		assertThat(value().compareAndSet("a", "c")).isFalse();
		Versioned<String> versioned = value().getVersioned().orElseThrow();
		assertThat(value().setIfVersion(versioned.version(), null)).isTrue();
		assertThat(otherValue().getAndSet("d")).isNull();
		assertThat(value().updateAndGet((old) -> old + "e")).isEqualTo("de");
		value().destroy();
		assertThat(otherValue().get()).isNull();
	}

	@Test
	void changesOfTheValueAreEvents() {
		List<ValueEvent<String>> events = new CopyOnWriteArrayList<>();
		Registration registration = value().addListener(events::add);
		otherValue().set("a");
		otherValue().set("b", Duration.ofMillis(100));
		await().until(() -> events.size() == 3);
		assertThat(events).extracting(ValueEvent::newValue).containsExactly("a", "b", null);
		assertThat(events.get(2).type()).isEqualTo(ValueEvent.Type.EXPIRED);
		registration.close();
	}

	@Test
	void additionsAreExact() throws Exception {
		inThreads(8, (thread) -> {
			DistributedLong number = (thread % 2 == 0) ? number() : otherNumber();
			for (int i = 0; i < 50; i++) {
				number.incrementAndGet();
			}
		});
		assertThat(number().get()).isEqualTo(400);
		assertThat(otherNumber().getAndAdd(-400)).isEqualTo(400);
	}

	@Test
	void changesOfTheNumberAreEvents() {
		List<LongEvent> events = new CopyOnWriteArrayList<>();
		otherNumber().addListener(events::add);
		number().set(5);
		number().addAndGet(2);
		assertThat(number().compareAndSet(7, 8)).isTrue();
		assertThat(number().updateAndGet((old) -> old * 2)).isEqualTo(16);
		number().set(1, Duration.ofMillis(100));
		await().until(() -> events.size() == 6);
		assertThat(events).extracting(LongEvent::newValue).containsExactly(5L, 7L, 8L, 16L, 1L, 0L);
		assertThat(events).extracting(LongEvent::version).isSorted();
		assertThat(otherNumber().get()).isZero();
	}

}
