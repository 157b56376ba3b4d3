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

import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes values and numbers. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Values {

	private Values() {
	}

	/**
	 * Creates the instance of a number.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the number
	 */
	public static DistributedLong createLong(PrimitiveSession session, String name, LongOptions options,
			Runnable onClose) {
		LongProxy proxy = new LongProxy(session, name, options, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Creates the instance of a generator of ids.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the generator
	 */
	public static DistributedIdGenerator createIdGenerator(PrimitiveSession session, String name,
			IdGeneratorOptions options, Runnable onClose) {
		IdGeneratorProxy proxy = new IdGeneratorProxy(session, name, options, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Creates the instance of a value.
	 * @param <V> the type of the value
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the value
	 */
	public static <V> DistributedValue<V> createValue(PrimitiveSession session, String name, ValueOptions<V> options,
			Runnable onClose) {
		ValueProxy<V> proxy = new ValueProxy<>(session, name, options, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Returns a number for transactions.
	 * @param number the number
	 * @return the participant
	 * @throws IllegalArgumentException if it is another implementation
	 */
	public static Participant participant(DistributedLong number) {
		if (number instanceof LongProxy proxy) {
			return proxy.inTransaction();
		}
		throw new IllegalArgumentException("'number' must be one that a node returned, not a " + number.getClass());
	}

	/**
	 * Returns the one cell of a value for transactions.
	 * @param <V> the type of the value
	 * @param value the value
	 * @return the cell, whose key does not matter
	 * @throws IllegalArgumentException if it is another implementation
	 */
	public static <V> TransactionalCells<String, V> cells(DistributedValue<V> value) {
		if (value instanceof ValueProxy<V> proxy) {
			return proxy.cells();
		}
		throw new IllegalArgumentException("'value' must be one that a node returned, not a " + value.getClass());
	}

}
