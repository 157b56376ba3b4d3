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
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * The asynchronous face of a set.
 *
 * @param <E> the type of the elements
 */
final class AsyncSetProxy<E> implements AsyncDistributedSet<E> {

	private final SetOperations<E> operations;

	private final PrimitiveSession session;

	private final Function<SetListener<E>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncSetProxy(SetOperations<E> operations, PrimitiveSession session,
			Function<SetListener<E>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Boolean> add(E element) {
		return this.session.expose(this.operations.add(element));
	}

	@Override
	public CompletableFuture<Boolean> add(E element, Duration timeToLive) {
		return this.session.expose(this.operations.add(element, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> addAll(Collection<? extends E> elements) {
		return this.session.expose(this.operations.addAll(elements));
	}

	@Override
	public CompletableFuture<Boolean> addAll(Collection<? extends E> elements, Duration timeToLive) {
		return this.session.expose(this.operations.addAll(elements, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> remove(E element) {
		return this.session.expose(this.operations.remove(element));
	}

	@Override
	public CompletableFuture<Boolean> removeAll(Collection<? extends E> elements) {
		return this.session.expose(this.operations.removeAll(elements));
	}

	@Override
	public CompletableFuture<Boolean> retainAll(Collection<? extends E> elements) {
		return this.session.expose(this.operations.retainAll(elements));
	}

	@Override
	public CompletableFuture<Void> clear() {
		return this.session.expose(this.operations.clear());
	}

	@Override
	public CompletableFuture<Boolean> contains(E element) {
		return contains(element, this.operations.consistency());
	}

	@Override
	public CompletableFuture<Boolean> contains(E element, ReadConsistency consistency) {
		return this.session.expose(this.operations.contains(element, consistency));
	}

	@Override
	public CompletableFuture<Boolean> containsAll(Collection<? extends E> elements) {
		return this.session.expose(this.operations.containsAll(elements));
	}

	@Override
	public CompletableFuture<Integer> size() {
		return this.session.expose(this.operations.size());
	}

	@Override
	public CompletableFuture<Boolean> isEmpty() {
		return this.session.expose(this.operations.size().thenApply((size) -> size == 0));
	}

	@Override
	public CompletableFuture<Registration> addListener(SetListener<E> listener) {
		return this.session.expose(this.listening.apply(listener));
	}

}
