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
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LongProxy}.
 */
class LongProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedLong number = Values.createLong(this.session, "n", LongOptions.defaults(), () -> {
	});

	private final DistributedLong other = Values.createLong(this.otherSession, "n", LongOptions.defaults(), () -> {
	});

	private final List<LongEvent> events = new CopyOnWriteArrayList<>();

	@Test
	void behavesLikeAnAtomicLong() {
		assertThat(this.number.get()).isZero();
		this.number.set(5);
		assertThat(this.other.get()).isEqualTo(5);
		assertThat(this.other.get(ReadConsistency.SEQUENTIAL)).isEqualTo(5);
		assertThat(this.number.getAndSet(7)).isEqualTo(5);
		assertThat(this.number.compareAndSet(5, 1)).isFalse();
		assertThat(this.number.compareAndSet(7, 10)).isTrue();
		assertThat(this.number.addAndGet(5)).isEqualTo(15);
		assertThat(this.number.getAndAdd(5)).isEqualTo(15);
		assertThat(this.number.incrementAndGet()).isEqualTo(21);
		assertThat(this.number.decrementAndGet()).isEqualTo(20);
		assertThat(this.number.getAndIncrement()).isEqualTo(20);
		assertThat(this.number.getAndDecrement()).isEqualTo(21);
		assertThat(this.number.updateAndGet((old) -> old * 2)).isEqualTo(40);
		assertThat(this.number.getAndUpdate((old) -> old / 4)).isEqualTo(40);
		assertThat(this.number.accumulateAndGet(3, (old, x) -> old - x)).isEqualTo(7);
		assertThat(this.number.getAndAccumulate(2, Math::multiplyExact)).isEqualTo(7);
		assertThat(this.number.get()).isEqualTo(14);
		this.number.set(Long.MAX_VALUE);
		assertThat(this.number.incrementAndGet()).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedLong async = this.number.async();
		async.set(5).join();
		assertThat(async.get().join()).isEqualTo(5);
		assertThat(async.get(ReadConsistency.SEQUENTIAL).join()).isEqualTo(5);
		assertThat(async.getAndSet(7).join()).isEqualTo(5);
		assertThat(async.compareAndSet(7, 10).join()).isTrue();
		assertThat(async.addAndGet(5).join()).isEqualTo(15);
		assertThat(async.getAndAdd(5).join()).isEqualTo(15);
		assertThat(async.updateAndGet((old) -> old * 2).join()).isEqualTo(40);
		assertThat(async.getAndUpdate((old) -> old + 1).join()).isEqualTo(40);
		assertThat(async.incrementAndGet().join()).isEqualTo(42);
		assertThat(async.getAndIncrement().join()).isEqualTo(42);
		assertThat(async.decrementAndGet().join()).isEqualTo(42);
		assertThat(async.getAndDecrement().join()).isEqualTo(42);
		assertThat(async.accumulateAndGet(1, (old, x) -> old - x).join()).isEqualTo(40);
		assertThat(async.getAndAccumulate(2, Math::multiplyExact).join()).isEqualTo(40);
		assertThat(async.get().join()).isEqualTo(80);
		Registration registration = async.addListener(this.events::add).join();
		async.set(1, Duration.ofSeconds(1)).join();
		assertThat(async.get().join()).isEqualTo(1);
		registration.close();
		async.set(2).join();
		assertThat(this.events).extracting(LongEvent::newValue).containsExactly(1L);
	}

	@Test
	void updateIsRepeatedUntilNothingCameBetween() {
		assertThat(this.number.updateAndGet((old) -> {
			if (old < 3) {
				this.other.incrementAndGet();
			}
			return old + 10;
		})).isEqualTo(13);
		assertThat(this.number.async().updateAndGet((old) -> {
			if (old < 15) {
				this.other.incrementAndGet();
			}
			return old + 10;
		}).join()).isEqualTo(25);
	}

	@Test
	void timeToLiveEndsAtZero() {
		this.number.addListener(this.events::add);
		this.number.set(5, Duration.ofNanos(1_500_000));
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(this.number.get()).isEqualTo(5);
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(this.number.get()).isZero();
		assertThat(this.events).extracting(LongEvent::type)
			.containsExactly(LongEvent.Type.UPDATED, LongEvent.Type.EXPIRED);
	}

	@Test
	void timeToLiveIsChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.number.set(1, Duration.ZERO))
			.withMessageContaining("timeToLive");
		assertThatIllegalArgumentException().isThrownBy(() -> this.number.set(1, Duration.ofSeconds(-1)));
		assertThat(this.session.submitted()).isEmpty();
		this.number.set(1, Duration.ofSeconds(Long.MAX_VALUE));
		this.cluster.advance(Duration.ofDays(3650));
		assertThat(this.number.get()).isEqualTo(1);
	}

	@Test
	void listenersSeeChangesInOrder() {
		Registration first = this.number.addListener(this.events::add);
		Registration second = this.number.addListener((event) -> {
			throw new IllegalStateException("test");
		});
		this.other.set(1);
		this.other.addAndGet(2);
		first.close();
		this.other.set(9);
		assertThat(this.events).extracting(LongEvent::newValue).containsExactly(1L, 3L);
		assertThat(this.events).extracting(LongEvent::oldValue).containsExactly(0L, 1L);
		assertThat(this.events.get(1).version()).isGreaterThan(this.events.get(0).version());
		assertThat(this.session.submitted(Command.Listen.class)).hasSize(1);
		assertThat(this.session.submitted(Command.Unlisten.class)).isEmpty();
		second.close();
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
	}

	@Test
	void listenersComeBackInTheNewSessionAndAreTold() {
		this.number.addListener(this.events::add);
		this.session.expire();
		this.other.set(1);
		this.session.connect();
		this.other.set(2);
		assertThat(this.events).extracting(LongEvent::type)
			.containsExactly(LongEvent.Type.RESYNC, LongEvent.Type.UPDATED);
	}

	@Test
	void listenersSurviveDestructionAndGapsAndAreTold() {
		this.number.addListener(this.events::add);
		this.other.set(1);
		this.other.destroy();
		assertThat(this.number.get()).isZero();
		this.session.resync();
		this.other.set(2);
		assertThat(this.events).extracting(LongEvent::type)
			.containsExactly(LongEvent.Type.UPDATED, LongEvent.Type.RESYNC, LongEvent.Type.RESYNC,
					LongEvent.Type.UPDATED);
	}

	@Test
	void listeningThatFailsInTheNewSessionIsRepeated() {
		this.number.addListener(this.events::add);
		this.session.expire();
		this.session.refuse(Command.Listen.class);
		this.session.connect();
		assertThat(this.events).isEmpty();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.events).extracting(LongEvent::type).containsExactly(LongEvent.Type.RESYNC);
	}

	@Test
	void listenerThatTheClusterDoesNotKnowIsNotAdded() {
		this.session.loseAnswer(Command.Listen.class);
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.number.addListener(this.events::add));
		this.other.set(1);
		assertThat(this.events).isEmpty();
		this.number.addListener(this.events::add);
		this.other.set(2);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void closeEndsListeningAndUse() {
		this.number.addListener(this.events::add);
		this.number.close();
		this.other.set(1);
		assertThat(this.events).isEmpty();
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.number::get);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.number.set(1));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.number::destroy);
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.number.addListener(this.events::add));
	}

	@Test
	void unknownOutcomePasses() {
		this.session.loseAnswer(LongMessages.Add.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.number::incrementAndGet);
		assertThat(this.number.get()).isEqualTo(1);
	}

	@Test
	void instanceReadsAsItsOptionsSay() {
		DistributedLong sequential = Values.createLong(this.session, "s",
				LongOptions.defaults().withReadConsistency(ReadConsistency.SEQUENTIAL), () -> {
				});
		sequential.get();
		sequential.async().get().join();
		sequential.get(ReadConsistency.LINEARIZABLE);
		// What is computed from the present number always starts with a fresh one.
		sequential.updateAndGet((old) -> old + 1);
		assertThat(this.session.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL, ReadConsistency.SEQUENTIAL,
				ReadConsistency.LINEARIZABLE, ReadConsistency.LINEARIZABLE);
	}

}
