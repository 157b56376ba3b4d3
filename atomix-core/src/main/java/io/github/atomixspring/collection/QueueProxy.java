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
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedQueue} over the session of its node.
 *
 * @param <E> the type of the elements
 */
final class QueueProxy<E> extends ElementsProxy<E, QueueListener<E>> implements DistributedQueue<E> {

	private final QueueOperations<E> operations;

	private final QueueWaits waits;

	private final AsyncDistributedQueue<E> async;

	/**
	 * Creates a queue.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	QueueProxy(PrimitiveSession session, String name, QueueOptions<E> options, Runnable onClose) {
		super(session, PrimitiveType.QUEUE, name, Configurations.queue(options), onClose);
		this.operations = new QueueOperations<>(id(), options, this);
		this.waits = new QueueWaits(session, id(), mailbox(), this::submitWanted, Configurations.queue(options));
		this.async = new AsyncQueueProxy<>(this.operations, this.waits, session, this::listen);
	}

	@Override
	public boolean add(E element) {
		return requireRoom(offer(element));
	}

	private static boolean requireRoom(boolean added) {
		if (!added) {
			throw new IllegalStateException("Queue full");
		}
		return true;
	}

	@Override
	public boolean offer(E element) {
		return complete(this.operations.offer(this.operations.encode(element)));
	}

	@Override
	public void put(E element) throws InterruptedException {
		byte[] encoded = this.operations.encode(element);
		checkInterrupt();
		if (!this.operations.isBounded()) {
			complete(this.operations.offer(encoded));
		}
		else {
			await(this.waits.put(encoded));
		}
	}

	@Override
	public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
		return offer(element, Duration.ofNanos(unit.toNanos(timeout)));
	}

	@Override
	public boolean offer(E element, Duration timeout) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		byte[] encoded = this.operations.encode(element);
		checkInterrupt();
		if (!this.operations.isBounded() || !isPositive(timeout)) {
			return complete(this.operations.offer(encoded));
		}
		return await(this.waits.put(encoded, Durations.bounded(timeout)));
	}

	private boolean await(Wait<Boolean> wait) throws InterruptedException {
		boolean put;
		try {
			put = session().awaitInterruptibly(wait.outcome()).isPresent();
		}
		catch (InterruptedException ex) {
			this.waits.withdrawPut(wait);
			if (complete(wait.outcome()).isEmpty()) {
				throw ex;
			}
			Thread.currentThread().interrupt();
			put = true;
		}
		catch (RuntimeException ex) {
			this.waits.withdrawPut(wait);
			throw ex;
		}
		if (put) {
			this.waits.settle(wait);
		}
		return put;
	}

	@Override
	public E take() throws InterruptedException {
		checkInterrupt();
		return Objects.requireNonNull(awaitElement(this.waits.take()), "A take that waits was refused");
	}

	@Override
	public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
		return poll(Duration.ofNanos(unit.toNanos(timeout)));
	}

	@Override
	public @Nullable E poll(Duration timeout) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		checkInterrupt();
		return isPositive(timeout) ? awaitElement(this.waits.take(Durations.bounded(timeout))) : poll();
	}

	private @Nullable E awaitElement(Wait<byte[]> wait) throws InterruptedException {
		byte[] element;
		try {
			element = session().awaitInterruptibly(wait.outcome()).orElse(null);
		}
		catch (InterruptedException | RuntimeException ex) {
			this.waits.withdrawTake(wait);
			throw ex;
		}
		if (element == null) {
			return null;
		}
		this.waits.settle(wait);
		return this.operations.decode(element);
	}

	private static boolean isPositive(Duration timeout) {
		return !timeout.isNegative() && !timeout.isZero();
	}

	private static void checkInterrupt() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	@Override
	public @Nullable E poll() {
		return complete(this.operations.poll());
	}

	@Override
	public E remove() {
		return require(poll());
	}

	@Override
	public @Nullable E peek() {
		return complete(this.operations.peek()).orElse(null);
	}

	@Override
	public E element() {
		return require(peek());
	}

	private E require(@Nullable E element) {
		if (element == null) {
			throw new NoSuchElementException("Queue '" + name() + "' is empty");
		}
		return element;
	}

	@Override
	public int drainTo(Collection<? super E> target) {
		return drainTo(target, Integer.MAX_VALUE);
	}

	@Override
	public int drainTo(Collection<? super E> target, int limit) {
		Objects.requireNonNull(target, "'target' must not be null");
		requireOther(target);
		int count = 0;
		CodecException undecodable = null;
		boolean more = limit > 0;
		while (more) {
			Result.Values removed = complete(this.operations.remove(limit - count));
			for (byte[] element : removed.values()) {
				try {
					target.add(this.operations.decode(element));
				}
				catch (CodecException ex) {
					// Those behind it must not be lost.
					undecodable = ex;
				}
			}
			count += removed.values().size();
			more = removed.more();
		}
		if (undecodable != null) {
			throw undecodable;
		}
		return count;
	}

	private void requireOther(Collection<?> collection) {
		if (collection == this) {
			throw new IllegalArgumentException("A queue cannot be added to itself");
		}
	}

	@Override
	public boolean addAll(Collection<? extends E> elements) {
		Objects.requireNonNull(elements, "'elements' must not be null");
		requireOther(elements);
		return !elements.isEmpty() && requireRoom(complete(this.operations.addAll(elements)));
	}

	@Override
	public boolean remove(Object element) {
		return complete(this.operations.remove(cast(element)));
	}

	@Override
	public boolean removeAll(Collection<?> elements) {
		Objects.requireNonNull(elements, "'elements' must not be null");
		return removeIf(elements::contains);
	}

	@Override
	public boolean retainAll(Collection<?> elements) {
		Objects.requireNonNull(elements, "'elements' must not be null");
		return removeIf((element) -> !elements.contains(element));
	}

	@Override
	public void clear() {
		complete(this.operations.clear());
	}

	@Override
	public boolean contains(Object element) {
		return complete(this.operations.contains(cast(element)));
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
	public int remainingCapacity() {
		return this.operations.isBounded() ? Math.max(0, this.operations.capacity() - size()) : Integer.MAX_VALUE;
	}

	@Override
	public Spliterator<E> spliterator() {
		// Not of a known size: others may change the queue meanwhile.
		return Spliterators.spliteratorUnknownSize(iterator(),
				Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
	}

	@Override
	CompletableFuture<List<KeyValue>> readPage(@Nullable KeyValue after) {
		return this.operations.page(after);
	}

	@Override
	E element(KeyValue entry) {
		return this.operations.decode(entry.value());
	}

	@Override
	CompletableFuture<Boolean> removeEntries(List<KeyValue> entries) {
		return this.operations.removeAt(entries.stream().map(KeyValue::version).toList());
	}

	@Override
	public Registration addListener(QueueListener<E> listener) {
		return complete(listen(listener));
	}

	@Override
	public AsyncDistributedQueue<E> async() {
		return this.async;
	}

	@Override
	protected void handle(Event event) {
		super.handle(event);
		this.waits.onEvent(event);
	}

	@Override
	void changed(Event.EntryChanged changed) {
		QueueEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> QueueEvent.Type.ADDED;
			case Event.EntryChanged.EXPIRED -> QueueEvent.Type.EXPIRED;
			default -> QueueEvent.Type.REMOVED;
		};
		byte[] element = Objects.requireNonNull((type == QueueEvent.Type.ADDED) ? changed.value() : changed.old());
		// Decoded by the listener's own executor: codecs are code of users.
		feed().publish((listener) -> listener.onEvent(new QueueEvent<>(name(), type, this.operations.decode(element))));
	}

	@Override
	void resync() {
		QueueEvent<E> event = new QueueEvent<>(name(), QueueEvent.Type.RESYNC, null);
		feed().publish((listener) -> listener.onEvent(event));
	}

	@Override
	protected void handle(long id, SessionState state) {
		super.handle(id, state);
		this.waits.onState(id, state);
	}

	@Override
	protected void release() {
		this.waits.close(closedException());
		super.release();
	}

	@SuppressWarnings("unchecked")
	private static <T> T cast(Object object) {
		return (T) object;
	}

}
