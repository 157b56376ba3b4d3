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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests {@link SetProxy}.
 */
class SetProxyTests {

	private static final SetOptions<String> OPTIONS = SetOptions.of(Codecs.strings());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedSet<String> set = create(this.session, OPTIONS);

	private final DistributedSet<String> other = create(this.otherSession, OPTIONS);

	private final List<SetEvent<String>> events = new CopyOnWriteArrayList<>();

	private static <E> DistributedSet<E> create(FakeSession node, SetOptions<E> options) {
		return Collections.createSet(node, "s", options, () -> {
		});
	}

	@Test
	void behavesLikeASet() {
		assertThat(this.set.add("b")).isTrue();
		assertThat(this.other.add("b")).isFalse();
		assertThat(this.set.addAll(List.of("a", "b", "c"))).isTrue();
		assertThat(this.other).containsExactly("a", "b", "c");
		assertThat(this.other.contains("c")).isTrue();
		assertThat(this.other.contains("d", ReadConsistency.SEQUENTIAL)).isFalse();
		assertThat(this.set.containsAll(List.of("a", "c"))).isTrue();
		assertThat(this.set.containsAll(List.of("a", "d"))).isFalse();
		assertThat(this.set.containsAll(List.of())).isTrue();
		assertThat(this.other.remove("c")).isTrue();
		assertThat(this.other.remove("c")).isFalse();
		assertThat(this.set).hasSize(2).isEqualTo(Set.of("a", "b")).hasSameHashCodeAs(Set.of("a", "b"));
		assertThat(this.set.retainAll(List.of("b", "x"))).isTrue();
		assertThat(this.set.removeAll(Arrays.asList("a", null))).isFalse();
		assertThat(this.set.removeAll(List.of("b"))).isTrue();
		assertThat(this.set).isEmpty();
		assertThat(this.set).hasToString("set 's'");
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedSet<String> async = this.set.async();
		assertThat(async.add("a").join()).isTrue();
		assertThat(async.add("b", Duration.ofMinutes(1)).join()).isTrue();
		assertThat(async.addAll(List.of("a", "c")).join()).isTrue();
		assertThat(async.addAll(List.of("d"), Duration.ofMinutes(1)).join()).isTrue();
		assertThat(async.size().join()).isEqualTo(4);
		assertThat(async.contains("a").join()).isTrue();
		assertThat(async.contains("x", ReadConsistency.SEQUENTIAL).join()).isFalse();
		assertThat(async.containsAll(List.of("a", "b")).join()).isTrue();
		assertThat(async.remove("a").join()).isTrue();
		assertThat(async.removeAll(List.of("a", "b")).join()).isTrue();
		assertThat(async.retainAll(List.of("c")).join()).isTrue();
		assertThat(this.other).containsExactly("c");
		async.clear().join();
		assertThat(this.other).isEmpty();
		assertThat(async.isEmpty().join()).isTrue();
		Registration registration = async.addListener(this.events::add).join();
		async.add("e").join();
		assertThat(async.isEmpty().join()).isFalse();
		registration.close();
		async.clear().join();
		assertThat(this.events).extracting(SetEvent::element).containsExactly("e");
	}

	@Test
	void bulkOperationsAreOneRoundTrip() {
		this.set.addAll(List.of("a", "b", "c"));
		this.set.removeAll(List.of("a", "x"));
		this.set.retainAll(List.of("b"));
		this.set.containsAll(List.of("b", "c"));
		assertThat(this.session.submitted()).extracting((command) -> (Object) command.getClass())
			.containsExactly(Command.Create.class, SetMessages.Add.class, SetMessages.Remove.class,
					SetMessages.Retain.class);
		assertThat(this.session.queried()).singleElement().isInstanceOf(SetMessages.Contains.class);
	}

	@Test
	void largeBulkOperationsAreSplit() {
		List<String> large = IntStream.range(0, 1500).mapToObj((i) -> "%04d".formatted(i) + "x".repeat(1000)).toList();
		assertThat(this.set.addAll(large)).isTrue();
		assertThat(this.session.submitted(SetMessages.Add.class)).hasSize(3);
		assertThat(this.set.addAll(large)).isFalse();
		assertThat(this.set.containsAll(large)).isTrue();
		assertThat(this.other).containsExactlyElementsOf(large);
		assertThat(this.set.retainAll(large)).isFalse();
		this.other.add("y");
		this.other.add("!");
		assertThat(this.set.retainAll(large.subList(0, 1400))).isTrue();
		assertThat(this.other).containsExactlyElementsOf(large.subList(0, 1400));
		assertThat(this.set.removeAll(large)).isTrue();
		assertThat(this.other).isEmpty();
	}

	@Test
	void elementThatCannotBeEncodedSpoilsNoOther() {
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.set.addAll(List.of("a", "\ud800")))
			.withMessageContaining("'s'");
		assertThat(this.set).isEmpty();
	}

	@Test
	void iteratorReadsPagesAndRemoves() {
		List<String> elements = IntStream.range(0, 1200).mapToObj("%04d"::formatted).toList();
		this.set.addAll(elements);
		Iterator<String> iterator = this.other.iterator();
		assertThatIllegalStateException().isThrownBy(iterator::remove);
		for (String element : elements) {
			assertThat(iterator.next()).isEqualTo(element);
			if (element.endsWith("7")) {
				iterator.remove();
			}
		}
		assertThat(iterator.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
		assertThat(this.set).hasSize(1080).noneMatch((element) -> element.endsWith("7"));
		assertThat(this.set.removeIf((element) -> element.endsWith("3"))).isTrue();
		assertThat(this.set.removeIf((element) -> element.endsWith("3"))).isFalse();
		assertThat(this.other).hasSize(960);
		assertThat(this.set.stream().filter((element) -> element.endsWith("1")).count()).isEqualTo(120);
	}

	@Test
	void streamMayMeetConcurrentChanges() {
		List<String> elements = IntStream.range(0, 1200).mapToObj("%04d"::formatted).toList();
		this.set.addAll(elements);
		assertThat(this.set.stream().peek((element) -> {
			if (element.equals("0000")) {
				this.other.removeIf((late) -> late.compareTo("1000") >= 0);
			}
		}).toList()).hasSize(1000);
		assertThat(this.set.toArray()).hasSize(1000);
		assertThat(this.set.toArray(new String[0])).hasSize(1000);
		assertThat(new HashSet<>(this.set)).isEqualTo(this.set);
	}

	@Test
	void timeToLiveEndsAndIsAnEvent() {
		this.other.addListener(this.events::add);
		this.set.add("a", Duration.ofMillis(10));
		this.set.addAll(List.of("b"), Duration.ofMillis(20));
		this.set.add("c");
		this.cluster.advance(Duration.ofMillis(9));
		assertThat(this.set).hasSize(3);
		this.cluster.advance(Duration.ofMillis(11));
		this.set.remove("c");
		assertThat(this.events).extracting(SetEvent::type)
			.containsExactly(SetEvent.Type.ADDED, SetEvent.Type.ADDED, SetEvent.Type.ADDED, SetEvent.Type.EXPIRED,
					SetEvent.Type.EXPIRED, SetEvent.Type.REMOVED);
		assertThat(this.events).extracting(SetEvent::element).containsExactly("a", "b", "c", "a", "b", "c");
	}

	@Test
	void firstCreatorFixesTheTimeToLive() {
		this.set.add("a");
		DistributedSet<String> expiring = create(this.otherSession, OPTIONS.withTimeToLive(Duration.ofSeconds(1)));
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> expiring.add("b"));
		this.set.destroy();
		assertThat(expiring.add("b")).isTrue();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(expiring).isEmpty();
	}

	@Test
	void readsHaveTheConsistencyOfTheInstance() {
		DistributedSet<String> sequential = create(this.session,
				OPTIONS.withReadConsistency(ReadConsistency.SEQUENTIAL));
		sequential.contains("a");
		sequential.size();
		sequential.iterator();
		sequential.contains("a", ReadConsistency.LINEARIZABLE);
		assertThat(this.session.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL, ReadConsistency.SEQUENTIAL,
				ReadConsistency.SEQUENTIAL, ReadConsistency.LINEARIZABLE);
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.set.add(nothing())).withMessageContaining("element");
		assertThatNullPointerException().isThrownBy(() -> this.set.remove(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.contains(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.contains("a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.addAll(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.addAll(Arrays.asList("a", null)));
		assertThatNullPointerException().isThrownBy(() -> this.set.removeIf(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.addListener(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.set.async().add(nothing()));
		assertThatNullPointerException().isThrownBy(() -> SetOptions.of(nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.set.add("a", Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withTimeToLive(Duration.ofSeconds(-1)));
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

	@Test
	void listenersComeBackWhenItWasDestroyedInAGap() {
		this.set.addListener(this.events::add);
		int before = this.events.size();
		this.session.dropEvents();
		this.other.destroy();
		this.session.resync();
		this.other.add("a");
		assertThat(this.events.subList(before, this.events.size())).extracting(SetEvent::type)
			.containsExactly(SetEvent.Type.RESYNC, SetEvent.Type.ADDED);
	}

	@Test
	void listenersComeBackAndAreTold() {
		Registration registration = this.set.addListener(this.events::add);
		this.session.expire();
		this.session.connect();
		this.other.destroy();
		this.other.add("a");
		this.other.destroy();
		this.session.resync();
		assertThat(this.events).extracting(SetEvent::type)
			.containsExactly(SetEvent.Type.RESYNC, SetEvent.Type.RESYNC, SetEvent.Type.ADDED, SetEvent.Type.RESYNC,
					SetEvent.Type.RESYNC);
		registration.close();
		this.other.add("b");
		assertThat(this.events).hasSize(5);
	}

	@Test
	void lostAnswerIsAnUnknownOutcome() {
		this.set.size();
		this.session.loseAnswer(SetMessages.Add.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.set.add("a"));
		this.session.refuse(SetMessages.Add.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.set.add("b"));
		assertThat(this.set).containsExactly("a");
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.set.addListener(this.events::add);
		this.set.close();
		this.other.add("a");
		assertThat(this.events).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.set::size);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.set.add("a"));
		assertThat(this.set.async().size()).isCompletedExceptionally();
		assertThat(this.other).containsExactly("a");
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
