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

package io.github.atomixspring.protocol;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every message survives its way over the wire, from an older and to a newer
 * version too.
 */
class MessagesTests {

	private final CBORMapper mapper = new CBORMapper();

	private final Random random = new Random(53);

	@ParameterizedTest
	@ValueSource(classes = { Command.class, Query.class, Result.class, Event.class, ClientFrame.class,
			ServerFrame.class, LogEntry.Item.class, SnapshotPart.class })
	void codesAreUniqueNumbers(Class<?> sealed) {
		TreeSet<Integer> codes = new TreeSet<>();
		for (Class<?> type : sealed.getPermittedSubclasses()) {
			assertThat(type.getAnnotation(JsonTypeName.class)).as(type.getName()).isNotNull();
			assertThat(codes.add(Integer.valueOf(type.getAnnotation(JsonTypeName.class).value()))).as(type.getName())
				.isTrue();
		}
		assertThat(codes.first()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(classes = { Command.class, Query.class, Result.class, Event.class, ClientFrame.class,
			ServerFrame.class, LogEntry.Item.class, SnapshotPart.class })
	void everyMessageSurvivesTheRoundTrip(Class<?> sealed) {
		for (Class<?> type : sealed.getPermittedSubclasses()) {
			for (int i = 0; i < 50; i++) {
				assertRoundTrip(sealed, sealed.cast(sample(type)));
			}
		}
	}

	private <T> void assertRoundTrip(Class<T> sealed, Object sample) {
		Wire<T> wire = Wire.of(sealed);
		T message = sealed.cast(sample);
		byte[] bytes = wire.encode(message);
		T decoded = wire.decode(bytes);
		assertThat(decoded).usingRecursiveComparison().isEqualTo(message);
		assertThat(wire.encode(decoded)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(classes = { Command.class, Query.class, Result.class, Event.class, ClientFrame.class,
			ServerFrame.class, LogEntry.Item.class, SnapshotPart.class })
	void componentsOfNewerVersionAreIgnored(Class<?> sealed) {
		for (Class<?> type : sealed.getPermittedSubclasses()) {
			Object message = sample(type);
			Wire<Object> wire = wire(sealed);
			Object[] typed = this.mapper.readValue(wire.encode(message), Object[].class);
			List<Object> components = new ArrayList<>((List<?>) typed[1]);
			components.addAll(List.of(1, "new", List.of(2, List.of()), new byte[1]));
			typed[1] = components;
			assertThat(wire.decode(this.mapper.writeValueAsBytes(typed))).usingRecursiveComparison().isEqualTo(message);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Command.class, Query.class, Result.class, Event.class, ClientFrame.class,
			ServerFrame.class, LogEntry.Item.class, SnapshotPart.class })
	void missingComponentsAreZeroOrRefused(Class<?> sealed) {
		for (Class<?> type : sealed.getPermittedSubclasses()) {
			Wire<Object> wire = wire(sealed);
			Object[] typed = this.mapper.readValue(wire.encode(sample(type)), Object[].class);
			List<?> components = (List<?>) typed[1];
			for (int kept = 0; kept < components.size(); kept++) {
				typed[1] = components.subList(0, kept);
				byte[] bytes = this.mapper.writeValueAsBytes(typed);
				try {
					assertThat(wire.decode(bytes)).isInstanceOf(type);
				}
				catch (ProtocolException ex) {
					assertThat(ex.code()).isEqualTo(ErrorCode.MALFORMED);
				}
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Wire<Object> wire(Class<?> sealed) {
		return (Wire<Object>) Wire.of(sealed);
	}

	private Object sample(Type type) {
		if (type == int.class || type == Integer.class) {
			return this.random.nextInt();
		}
		if (type == long.class || type == Long.class) {
			return this.random.nextBoolean() ? this.random.nextLong() : this.random.nextInt(100);
		}
		if (type == boolean.class) {
			return this.random.nextBoolean();
		}
		if (type == String.class) {
			return "x\u00e4\u20ac\ud83d\ude00".substring(0, 1 + this.random.nextInt(3));
		}
		if (type == byte[].class) {
			byte[] bytes = new byte[this.random.nextInt(5)];
			this.random.nextBytes(bytes);
			return bytes;
		}
		if (type == PrimitiveId.class) {
			return PrimitiveId.of(PrimitiveType.values()[this.random.nextInt(PrimitiveType.values().length)],
					"n" + this.random.nextInt());
		}
		if (type instanceof ParameterizedType list) {
			return this.random.ints(this.random.nextInt(3))
				.mapToObj((number) -> sample(list.getActualTypeArguments()[0]))
				.toList();
		}
		Class<?> one = (Class<?>) type;
		if (one.isSealed()) {
			return sample(one.getPermittedSubclasses()[this.random.nextInt(one.getPermittedSubclasses().length)]);
		}
		return sampleRecord(one);
	}

	private Object sampleRecord(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		Object[] values = Arrays.stream(components).map((component) -> sample(component.getGenericType())).toArray();
		try {
			Constructor<?> constructor = type.getDeclaredConstructor(types);
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (NoSuchMethodException | InstantiationException | IllegalAccessException | InvocationTargetException ex) {
			throw new AssertionError(type.getName(), ex);
		}
	}

}
