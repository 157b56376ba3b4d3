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

package io.github.atomixspring.spring.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Keys of undeclared types, as the key generator of Spring makes them: simple types,
 * enumeration constants, and records, lists, arrays and {@link SimpleKey}s of such. Keys
 * have the same bytes exactly if they are equal, on every node. What cannot promise that,
 * such as a set or an object with fields, is refused.
 * <p>
 * Nothing turns the bytes back into a key.
 */
final class StableKeyCodec implements Codec<Object> {

	private static final char ENUM = 'e';

	private static final char RECORD = 'r';

	private static final char LIST = 'v';

	private static final char ARRAY = 'a';

	private static final char SIMPLE_KEY = 'k';

	private static final char NULL = 'z';

	/**
	 * A {@link SimpleKey} does not tell what it is made of, and its text may stand for
	 * several.
	 */
	private static final Field SIMPLE_KEY_ELEMENTS = simpleKeyElements();

	@Override
	public byte[] encode(@Nullable Object key) {
		SimpleType simple = (key != null) ? SimpleType.of(key) : null;
		try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				DataOutputStream out = new DataOutputStream(bytes)) {
			if (key == null) {
				out.writeByte(NULL);
			}
			else if (simple != null) {
				out.writeByte(simple.tag());
				out.write(simple.encode(key));
			}
			else if (key instanceof Enum<?> constant) {
				writeAll(out, ENUM, constant.getDeclaringClass(), List.of(constant.name()));
			}
			else if (key instanceof Record) {
				writeAll(out, RECORD, key.getClass(), components(key));
			}
			else if (key instanceof List<?> list) {
				writeAll(out, LIST, null, list);
			}
			else if (key instanceof SimpleKey) {
				writeAll(out, SIMPLE_KEY, null, elements((SimpleKey) key));
			}
			else if (key.getClass().isArray()) {
				writeAll(out, ARRAY, key.getClass().getComponentType(),
						IntStream.range(0, Array.getLength(key)).mapToObj((index) -> Array.get(key, index)).toList());
			}
			else {
				throw new CodecException(key.getClass().getName()
						+ " has no stable form that is the same on all nodes, as strings, numbers, booleans, UUIDs, "
						+ "dates, times and enumeration constants have, and records and lists of them", null);
			}
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void writeAll(DataOutputStream out, char tag, @Nullable Class<?> type,
			List<? extends @Nullable Object> elements) throws IOException {
		out.writeByte(tag);
		if (type != null) {
			write(out, type.getName().getBytes(StandardCharsets.UTF_8));
		}
		for (Object element : elements) {
			write(out, encode(element));
		}
	}

	private static void write(DataOutputStream out, byte[] bytes) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static List<@Nullable Object> components(Object key) {
		List<@Nullable Object> values = new ArrayList<>();
		for (RecordComponent component : key.getClass().getRecordComponents()) {
			ReflectionUtils.makeAccessible(component.getAccessor());
			values.add(ReflectionUtils.invokeMethod(component.getAccessor(), key));
		}
		return values;
	}

	private static List<? extends @Nullable Object> elements(SimpleKey key) {
		Object[] elements = (Object[]) ReflectionUtils.getField(SIMPLE_KEY_ELEMENTS, key);
		Assert.state(elements != null, "A key has no elements");
		return Arrays.asList(elements);
	}

	private static Field simpleKeyElements() {
		Field field = ReflectionUtils.findField(SimpleKey.class, null, Object[].class);
		Assert.state(field != null, "This version of Spring keeps the elements of a SimpleKey in another way");
		ReflectionUtils.makeAccessible(field);
		return field;
	}

	@Override
	public Object decode(byte[] bytes) {
		throw new CodecException("Keys are not decoded", null);
	}

	@Override
	public String toString() {
		return "keys of stable types";
	}

}
