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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.MultimapMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests {@link MultimapProxy}.
 */
class MultimapProxyTests {

	private static final MultimapOptions<String, String> OPTIONS = MultimapOptions.of(Codecs.strings(),
			Codecs.strings());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedMultimap<String, String> multimap = create(this.session, OPTIONS);

	private final DistributedMultimap<String, String> other = create(this.otherSession, OPTIONS);

	private final List<MultimapEvent<String, String>> events = new CopyOnWriteArrayList<>();

	private static DistributedMultimap<String, String> create(FakeSession node,
			MultimapOptions<String, String> options) {
		return Collections.createMultimap(node, "m", options, () -> {
		});
	}

	@Test
	void keyHasSeveralValues() {
		assertThat(this.multimap.put("a", "2")).isTrue();
		assertThat(this.other.put("a", "2")).isFalse();
		assertThat(this.other.putAll("a", List.of("1", "2", "3"))).isTrue();
		assertThat(this.multimap.putAll("a", List.of())).isFalse();
		assertThat(this.multimap.get("a")).containsExactly("2", "1", "3");
		assertThat(this.multimap.get("b", ReadConsistency.SEQUENTIAL)).isEmpty();
		this.multimap.put("b", "1");
		assertThat(this.other.size()).isEqualTo(4);
		assertThat(this.other.size("a")).isEqualTo(3);
		assertThat(this.other.remove("a", "1")).isTrue();
		assertThat(this.other.remove("a", "1")).isFalse();
		assertThat(this.multimap.replaceValues("a", List.of("x"))).containsExactly("2", "3");
		assertThat(this.multimap.get("a")).containsExactly("x");
		assertThat(this.multimap.remove("a")).containsExactly("x");
		assertThat(this.multimap.remove("a")).isEmpty();
		assertThat(this.multimap.isEmpty()).isFalse();
		this.other.clear();
		assertThat(this.multimap.isEmpty()).isTrue();
		assertThat(this.multimap).hasToString("multimap 'm'");
	}

	@Test
	void defectOf108ContainsWorks() {
		this.multimap.put("a", "1");
		assertThat(this.other.containsKey("a")).isTrue();
		assertThat(this.other.containsKey("b")).isFalse();
		assertThat(this.other.containsValue("1")).isTrue();
		assertThat(this.other.containsValue("2")).isFalse();
		assertThat(this.other.containsEntry("a", "1")).isTrue();
		assertThat(this.other.containsEntry("a", "2")).isFalse();
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedMultimap<String, String> async = this.multimap.async();
		assertThat(async.put("a", "1").join()).isTrue();
		assertThat(async.put("a", "2", Duration.ofMinutes(1)).join()).isTrue();
		assertThat(async.putAll("b", List.of("1", "2")).join()).isTrue();
		assertThat(async.putAll("b", List.of("3"), Duration.ofMinutes(1)).join()).isTrue();
		assertThat(async.get("a").join()).containsExactly("1", "2");
		assertThat(async.get("a", ReadConsistency.SEQUENTIAL).join()).containsExactly("1", "2");
		assertThat(async.size().join()).isEqualTo(5);
		assertThat(async.size("b").join()).isEqualTo(3);
		assertThat(async.containsKey("a").join()).isTrue();
		assertThat(async.containsValue("3").join()).isTrue();
		assertThat(async.containsEntry("a", "3").join()).isFalse();
		assertThat(async.remove("a", "1").join()).isTrue();
		assertThat(async.replaceValues("b", List.of("x", "y")).join()).containsExactly("1", "2", "3");
		assertThat(async.replaceValues("b", List.of("z"), Duration.ofMinutes(1)).join()).containsExactly("x", "y");
		assertThat(async.remove("a").join()).containsExactly("2");
		async.clear().join();
		assertThat(this.other.isEmpty()).isTrue();
		assertThat(async.isEmpty().join()).isTrue();
		async.addListener(this.events::add).join();
		Registration registration = async.addListener("b", this.events::add).join();
		async.put("a", "1").join();
		async.put("b", "2").join();
		registration.close();
		async.put("b", "3").join();
		assertThat(this.events).extracting(MultimapEvent::value).containsExactly("1", "2", "2", "3");
	}

	@Test
	void orderOfValuesIsConfiguration() {
		DistributedMultimap<String, String> sorted = create(this.session, OPTIONS.withValueOrder(ValueOrder.NATURAL));
		sorted.putAll("a", List.of("c", "a", "b"));
		assertThat(sorted.get("a")).containsExactly("a", "b", "c");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> this.other.put("a", "d"));
		assertThat(sorted.remove("a")).containsExactly("a", "b", "c");
		sorted.destroy();
		this.other.putAll("a", List.of("c", "a", "b"));
		assertThat(this.other.get("a")).containsExactly("c", "a", "b");
	}

	@Test
	void entriesAndKeysAreReadInPages() {
		List<String> values = IntStream.range(0, 700).mapToObj((i) -> "v" + i).toList();
		this.multimap.putAll("a", values);
		this.multimap.putAll("b", values);
		IntStream.range(0, 600).forEach((i) -> this.multimap.put("k%03d".formatted(i), "x"));
		List<Map.Entry<String, String>> entries = new ArrayList<>();
		this.other.entries().forEach(entries::add);
		assertThat(entries).hasSize(2000);
		assertThat(entries.subList(0, 700)).extracting(Map.Entry::getValue).isEqualTo(values);
		assertThat(this.other.keys()).hasSize(602).startsWith("a", "b", "k000").endsWith("k599");
		Iterator<Map.Entry<String, String>> iterator = this.other.entries().iterator();
		while (iterator.hasNext()) {
			if (iterator.next().getValue().endsWith("7")) {
				iterator.remove();
			}
		}
		assertThat(this.multimap.size()).isEqualTo(2000 - 140);
		Iterator<String> keys = this.other.keys().iterator();
		keys.next();
		keys.remove();
		assertThat(this.multimap.containsKey("a")).isFalse();
		assertThat(this.multimap.containsKey("b")).isTrue();
	}

	@Test
	void manyBytesAreSplit() {
		List<String> values = IntStream.range(0, 3000).mapToObj((i) -> "%04d".formatted(i) + "x".repeat(1000)).toList();
		assertThat(this.multimap.putAll("a", values)).isTrue();
		assertThat(this.session.submitted(MultimapMessages.Put.class)).hasSize(6);
		assertThat(this.other.get("a")).isEqualTo(values);
		assertThat(this.multimap.replaceValues("a", values)).isEqualTo(values);
		assertThat(this.other.get("a")).isEqualTo(values);
		Iterator<String> keys = this.other.keys().iterator();
		keys.next();
		keys.remove();
		assertThat(this.multimap.isEmpty()).isTrue();
	}

	@Test
	void timeToLiveEndsAndIsAnEvent() {
		this.other.addListener(this.events::add);
		this.multimap.put("a", "1", Duration.ofMillis(10));
		this.multimap.putAll("a", List.of("2"), Duration.ofMillis(20));
		this.multimap.put("b", "3");
		this.cluster.advance(Duration.ofMillis(20));
		assertThat(this.multimap.containsKey("a")).isFalse();
		this.multimap.remove("b");
		assertThat(this.events).extracting(MultimapEvent::type)
			.containsExactly(MultimapEvent.Type.ADDED, MultimapEvent.Type.ADDED, MultimapEvent.Type.ADDED,
					MultimapEvent.Type.EXPIRED, MultimapEvent.Type.EXPIRED, MultimapEvent.Type.REMOVED);
		assertThat(this.events).extracting(MultimapEvent::key).containsExactly("a", "a", "b", "a", "a", "b");
		assertThat(this.events).extracting(MultimapEvent::value).containsExactly("1", "2", "3", "1", "2", "3");
	}

	@Test
	void listenersOfAKeyAreToldOfThatKey() {
		this.other.addListener("a", this.events::add);
		this.multimap.put("a", "1");
		this.multimap.put("b", "1");
		this.otherSession.expire();
		this.otherSession.connect();
		this.multimap.destroy();
		this.multimap.put("a", "2");
		this.otherSession.resync();
		assertThat(this.events).extracting(MultimapEvent::type)
			.containsExactly(MultimapEvent.Type.ADDED, MultimapEvent.Type.RESYNC, MultimapEvent.Type.RESYNC,
					MultimapEvent.Type.ADDED, MultimapEvent.Type.RESYNC);
	}

	@Test
	void lostAnswerIsAnUnknownOutcome() {
		this.multimap.size();
		this.session.loseAnswer(MultimapMessages.Put.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.multimap.put("a", "1"));
		this.session.refuse(MultimapMessages.Put.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.multimap.put("a", "2"));
		assertThat(this.multimap.get("a")).containsExactly("1");
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.multimap.put(nothing(), "1"))
			.withMessageContaining("key");
		assertThatNullPointerException().isThrownBy(() -> this.multimap.put("a", (String) nothing()))
			.withMessageContaining("value");
		assertThatNullPointerException().isThrownBy(() -> this.multimap.putAll("a", nothing()))
			.withMessageContaining("values");
		assertThatNullPointerException().isThrownBy(() -> this.multimap.putAll("a", Arrays.asList("1", null)));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.get(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.get("a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.size(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.containsValue(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.addListener(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.multimap.addListener("a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> OPTIONS.withValueOrder(nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.multimap.put("a", "1", Duration.ZERO));
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.multimap.addListener(this.events::add);
		this.multimap.close();
		this.other.put("a", "1");
		assertThat(this.events).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.multimap::size);
		assertThat(this.multimap.async().put("a", "2")).isCompletedExceptionally();
		assertThat(this.other.get("a")).containsExactly("1");
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
