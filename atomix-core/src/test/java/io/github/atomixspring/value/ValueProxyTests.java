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

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.value.ValueEvent.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link ValueProxy}.
 */
class ValueProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedValue<String> value = create(this.session);

	private final DistributedValue<String> other = create(this.otherSession);

	private final List<ValueEvent<String>> events = new CopyOnWriteArrayList<>();

	private static DistributedValue<String> create(FakeSession node) {
		return Values.createValue(node, "v", ValueOptions.of(Codecs.strings()), () -> {
		});
	}

	@Test
	void behavesLikeAnAtomicReference() {
		assertThat(this.value.get()).isNull();
		assertThat(this.value.getVersioned()).isEmpty();
		this.value.set("a");
		assertThat(this.other.get()).isEqualTo("a");
		assertThat(this.other.get(ReadConsistency.SEQUENTIAL)).isEqualTo("a");
		assertThat(this.value.getAndSet("b")).isEqualTo("a");
		assertThat(this.value.compareAndSet("a", "c")).isFalse();
		assertThat(this.value.compareAndSet("b", "c")).isTrue();
		assertThat(this.value.updateAndGet((old) -> old + "d")).isEqualTo("cd");
		assertThat(this.value.getAndUpdate((old) -> old + "e")).isEqualTo("cd");
		assertThat(this.value.accumulateAndGet("f", String::concat)).isEqualTo("cdef");
		assertThat(this.value.getAndAccumulate("g", String::concat)).isEqualTo("cdef");
		assertThat(this.value.compareAndSet("cdefg", null)).isTrue();
		assertThat(this.value.compareAndSet(null, "x")).isTrue();
		assertThat(this.value.getAndSet(null)).isEqualTo("x");
		assertThat(this.value.updateAndGet((old) -> null)).isNull();
		assertThat(this.value.updateAndGet((old) -> "y")).isEqualTo("y");
		this.value.set(null);
		assertThat(this.value.get()).isNull();
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedValue<String> async = this.value.async();
		async.set("a").join();
		assertThat(async.get().join()).isEqualTo("a");
		assertThat(async.get(ReadConsistency.SEQUENTIAL).join()).isEqualTo("a");
		assertThat(async.getAndSet("b").join()).isEqualTo("a");
		assertThat(async.compareAndSet("b", "c").join()).isTrue();
		assertThat(async.compareAndSet("c", "d", Duration.ofMinutes(1)).join()).isTrue();
		Versioned<String> versioned = async.getVersioned().join().orElseThrow();
		assertThat(async.getVersioned(ReadConsistency.SEQUENTIAL).join()).contains(versioned);
		assertThat(this.other.getVersioned(ReadConsistency.SEQUENTIAL)).contains(versioned);
		assertThat(async.setIfVersion(versioned.version(), "e").join()).isTrue();
		assertThat(async.setIfVersion(versioned.version(), "f").join()).isFalse();
		assertThat(async.updateAndGet((old) -> old + "f").join()).isEqualTo("ef");
		assertThat(async.accumulateAndGet("g", String::concat).join()).isEqualTo("efg");
		assertThat(async.getAndAccumulate("h", String::concat).join()).isEqualTo("efg");
		assertThat(async.getAndUpdate((old) -> null).join()).isEqualTo("efgh");
		Registration registration = async.addListener(this.events::add).join();
		async.set("x", Duration.ofSeconds(1)).join();
		assertThat(this.other.get()).isEqualTo("x");
		registration.close();
		async.set("y").join();
		assertThat(this.events).extracting(ValueEvent::newValue).containsExactly("x");
	}

	@Test
	void versionsGrow() {
		this.value.set("a");
		Versioned<String> first = this.value.getVersioned().orElseThrow();
		this.value.set(null);
		this.value.set("a");
		assertThat(this.value.setIfVersion(first.version(), "b")).isFalse();
		assertThat(this.value.getVersioned().map(Versioned::version).orElseThrow()).isGreaterThan(first.version());
		assertThat(this.value.setIfVersion(this.value.getVersioned().orElseThrow().version(), "b")).isTrue();
	}

	@Test
	void updateIsRepeatedUntilNothingCameBetween() {
		this.value.set("a");
		assertThat(this.value.updateAndGet((old) -> {
			if (old.length() < 3) {
				this.other.updateAndGet((theirs) -> theirs + "b");
			}
			return old + "c";
		})).isEqualTo("abbc");
		assertThat(this.value.async().updateAndGet((old) -> {
			if (old.length() < 6) {
				this.other.updateAndGet((theirs) -> theirs + "b");
			}
			return old + "d";
		}).join()).isEqualTo("abbcbbd");
	}

	@Test
	void timeToLiveEndsAndIsAnEvent() {
		this.value.addListener(this.events::add);
		this.value.set("a", Duration.ofMillis(10));
		assertThat(this.value.compareAndSet("a", "b", Duration.ofMillis(20))).isTrue();
		this.cluster.advance(Duration.ofMillis(19));
		assertThat(this.value.get()).isEqualTo("b");
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(this.value.get()).isNull();
		this.value.set("c");
		this.value.set(null);
		assertThat(this.events).extracting(ValueEvent::type)
			.containsExactly(Type.UPDATED, Type.UPDATED, Type.EXPIRED, Type.UPDATED, Type.REMOVED);
		assertThat(this.events).extracting(ValueEvent::oldValue).containsExactly(null, "a", "b", null, "c");
		assertThat(this.events).extracting(ValueEvent::newValue).containsExactly("a", "b", null, "c", null);
	}

	@Test
	void argumentsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.value.set("a", Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> this.value.async().set("a", Duration.ofSeconds(-1)));
		assertThatNullPointerException().isThrownBy(() -> this.value.set(nothing(), Duration.ofSeconds(1)));
		assertThatNullPointerException().isThrownBy(() -> this.value.updateAndGet(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.value.get(nothing()));
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

	@Test
	void listenersComeBackWhenItWasDestroyedInAGap() {
		this.value.addListener(this.events::add);
		int before = this.events.size();
		this.session.dropEvents();
		this.other.destroy();
		this.session.resync();
		this.other.set("a");
		assertThat(this.events.subList(before, this.events.size())).extracting(ValueEvent::type)
			.containsExactly(Type.RESYNC, Type.UPDATED);
	}

	@Test
	void listenersComeBackAndAreTold() {
		this.value.addListener(this.events::add);
		this.session.expire();
		this.session.connect();
		this.other.destroy();
		this.other.set("a");
		this.other.destroy();
		this.session.resync();
		assertThat(this.events).extracting(ValueEvent::type)
			.containsExactly(Type.RESYNC, Type.RESYNC, Type.UPDATED, Type.RESYNC, Type.RESYNC);
	}

	@Test
	void eventThatCannotBeDecodedHarmsNoOther() {
		DistributedValue<Integer> wrong = Values.createValue(this.otherSession, "v", ValueOptions.of(Codecs.ints()),
				() -> {
				});
		List<ValueEvent<Integer>> numbers = new CopyOnWriteArrayList<>();
		wrong.addListener(numbers::add);
		this.value.addListener(this.events::add);
		this.value.set("a long text");
		this.value.set(null);
		wrong.set(5);
		assertThat(this.events).hasSize(3);
		assertThat(numbers).extracting(ValueEvent::newValue).containsExactly(5);
		this.value.set("a long text");
		assertThatExceptionOfType(CodecException.class).isThrownBy(wrong::get).withMessageContaining("'v'");
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.value.addListener(this.events::add);
		this.value.close();
		this.other.set("a");
		assertThat(this.events).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.value::get);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.value.set("a"));
		assertThat(this.value.async().get()).isCompletedExceptionally();
		assertThat(Optional.ofNullable(this.other.get())).contains("a");
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

	@Test
	void instanceReadsAsItsOptionsSay() {
		DistributedValue<String> sequential = Values.createValue(this.session, "s",
				ValueOptions.of(Codecs.strings()).withReadConsistency(ReadConsistency.SEQUENTIAL), () -> {
				});
		sequential.get();
		sequential.getVersioned();
		sequential.async().get().join();
		sequential.async().getVersioned().join();
		sequential.get(ReadConsistency.LINEARIZABLE);
		// What is computed from the present value always starts with a fresh one.
		sequential.updateAndGet((old) -> "a");
		assertThat(this.session.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL, ReadConsistency.SEQUENTIAL,
				ReadConsistency.SEQUENTIAL, ReadConsistency.SEQUENTIAL, ReadConsistency.LINEARIZABLE,
				ReadConsistency.LINEARIZABLE);
	}

}
