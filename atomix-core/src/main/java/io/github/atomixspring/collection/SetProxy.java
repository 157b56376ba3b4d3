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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.proxy.TransactionalCells;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedSet} over the session of its node.
 *
 * @param <E> the type of the elements
 */
final class SetProxy<E> extends ElementsProxy<E, SetListener<E>> implements DistributedSet<E> {

	private final SetOperations<E> operations;

	private final AsyncDistributedSet<E> async;

	/**
	 * Creates a set.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	SetProxy(PrimitiveSession session, String name, SetOptions<E> options, Runnable onClose) {
		super(session, PrimitiveType.SET, name, Configurations.timeToLive(options.timeToLive()), onClose);
		this.operations = new SetOperations<>(id(), options, this);
		this.async = new AsyncSetProxy<>(this.operations, session, this::listen);
	}

	/**
	 * Returns the elements of this set for transactions: cells that only are there.
	 * @return the cells
	 */
	TransactionalCells<E, Boolean> cells() {
		Participant participant = new Participant(id(), session(),
				() -> pass(() -> CompletableFuture.completedFuture(null)));
		return new TransactionalCells<>(participant, (element) -> this.operations.encode(element).get(0),
				new Encoding<>(Being.THERE, toString()), (elements) -> new SetMessages.Get(id(), elements),
				this.operations::unconditional);
	}

	@Override
	public boolean add(E element) {
		return complete(this.operations.add(element));
	}

	@Override
	public boolean add(E element, Duration timeToLive) {
		return complete(this.operations.add(element, timeToLive));
	}

	@Override
	public boolean addAll(Collection<? extends E> elements) {
		return complete(this.operations.addAll(elements));
	}

	@Override
	public boolean addAll(Collection<? extends E> elements, Duration timeToLive) {
		return complete(this.operations.addAll(elements, timeToLive));
	}

	@Override
	public boolean remove(Object element) {
		return complete(this.operations.remove(cast(element)));
	}

	@Override
	public boolean removeAll(Collection<?> elements) {
		return complete(this.operations.removeAll(cast(elements)));
	}

	@Override
	public boolean retainAll(Collection<?> elements) {
		return complete(this.operations.retainAll(cast(elements)));
	}

	@Override
	public void clear() {
		complete(this.operations.clear());
	}

	@Override
	public boolean contains(Object element) {
		return contains(cast(element), this.operations.consistency());
	}

	@Override
	public boolean contains(E element, ReadConsistency consistency) {
		return complete(this.operations.contains(element, consistency));
	}

	@Override
	public boolean containsAll(Collection<?> elements) {
		return complete(this.operations.containsAll(cast(elements)));
	}

	@Override
	public int size() {
		return complete(this.operations.size());
	}

	@Override
	public Spliterator<E> spliterator() {
		// Not of a known size: others may change the set meanwhile.
		return Spliterators.spliteratorUnknownSize(iterator(),
				Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
	}

	@Override
	CompletableFuture<List<KeyValue>> readPage(@Nullable KeyValue after) {
		return this.operations.page(after);
	}

	@Override
	E element(KeyValue entry) {
		return this.operations.decode(entry.key());
	}

	@Override
	CompletableFuture<Boolean> removeEntries(List<KeyValue> entries) {
		return this.operations.removePart(entries.stream().map(KeyValue::key).toList());
	}

	@Override
	public boolean equals(Object other) {
		return this == other || (other instanceof Set<?> && new HashSet<>(copy()).equals(other));
	}

	@Override
	public int hashCode() {
		return new HashSet<>(copy()).hashCode();
	}

	@Override
	public Registration addListener(SetListener<E> listener) {
		return complete(listen(listener));
	}

	@Override
	public AsyncDistributedSet<E> async() {
		return this.async;
	}

	@Override
	void changed(Event.EntryChanged changed) {
		SetEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> SetEvent.Type.ADDED;
			case Event.EntryChanged.EXPIRED -> SetEvent.Type.EXPIRED;
			default -> SetEvent.Type.REMOVED;
		};
		// Decoded by the listener's own executor: codecs are code of users.
		feed().publish(
				(listener) -> listener.onEvent(new SetEvent<>(name(), type, this.operations.decode(changed.key()))));
	}

	@Override
	void resync() {
		SetEvent<E> event = new SetEvent<>(name(), SetEvent.Type.RESYNC, null);
		feed().publish((listener) -> listener.onEvent(event));
	}

	@SuppressWarnings("unchecked")
	private static <T> T cast(Object object) {
		return (T) object;
	}

	/**
	 * The content of an element: none.
	 */
	private enum Being implements Codec<Boolean> {

		THERE;

		@Override
		public byte[] encode(Boolean value) {
			return new byte[0];
		}

		@Override
		public Boolean decode(byte[] bytes) {
			return true;
		}

	}

}
