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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.PageIterator;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * What the collections of single elements have in common: they are read page by page.
 *
 * @param <E> the type of the elements
 * @param <L> the type of the listeners
 */
abstract class ElementsProxy<E, L> extends CollectionProxy<L> implements Collection<E> {

	/**
	 * Creates an instance that is not open yet.
	 * @param session the session of the node
	 * @param type the type
	 * @param name the name
	 * @param configuration the configuration
	 * @param onClose called once, when the instance is closed
	 */
	ElementsProxy(PrimitiveSession session, PrimitiveType type, String name, List<Setting> configuration,
			Runnable onClose) {
		super(session, type, name, configuration, onClose);
	}

	/**
	 * Reads a page.
	 * @param after the last entry of the page before, or null for the first page
	 * @return the entries; none after the last page
	 */
	abstract CompletableFuture<List<KeyValue>> readPage(@Nullable KeyValue after);

	/**
	 * Returns the element of an entry.
	 * @param entry the entry
	 * @return the element
	 */
	abstract E element(KeyValue entry);

	/**
	 * Removes entries of a page.
	 * @param entries the entries, at least one
	 * @return whether one of them was still there
	 */
	abstract CompletableFuture<Boolean> removeEntries(List<KeyValue> entries);

	private List<KeyValue> page(@Nullable KeyValue after) {
		return complete(readPage(after));
	}

	@Override
	public final Iterator<E> iterator() {
		return new PageIterator<>(this::page, (entry) -> complete(removeEntries(List.of(entry)))).map(this::element);
	}

	@Override
	public final boolean removeIf(Predicate<? super E> filter) {
		Objects.requireNonNull(filter, "'filter' must not be null");
		boolean removed = false;
		KeyValue last = null;
		for (List<KeyValue> page = page(last); !page.isEmpty(); page = page(last)) {
			List<KeyValue> fitting = page.stream().filter((entry) -> filter.test(element(entry))).toList();
			removed |= !fitting.isEmpty() && complete(removeEntries(fitting));
			last = page.get(page.size() - 1);
		}
		return removed;
	}

	@Override
	public final boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Returns the elements of now, in their order.
	 * @return the elements
	 */
	final List<E> copy() {
		List<E> copy = new ArrayList<>();
		iterator().forEachRemaining(copy::add);
		return copy;
	}

	@Override
	public final Object[] toArray() {
		return copy().toArray();
	}

	@Override
	public final <T> T[] toArray(T[] array) {
		return copy().toArray(array);
	}

}
