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

package io.github.atomixspring.metrics;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The observers of a node, and the futures that tell them. While there are no observers,
 * nothing is measured. Internal: public only for the session.
 *
 * @since 0.1.0
 */
public final class ObservedOperations {

	private static final OperationObserver[] NONE = {};

	private volatile OperationObserver[] observers = NONE;

	/**
	 * Adds an observer. It is told of what begins from now on.
	 * @param observer the observer
	 * @return closes to remove it; it may still be told of what has begun
	 */
	public Registration add(OperationObserver observer) {
		Objects.requireNonNull(observer, "'observer' must not be null");
		OperationObserver added = new GuardedObserver(observer);
		synchronized (this) {
			OperationObserver[] before = this.observers;
			OperationObserver[] after = new OperationObserver[before.length + 1];
			System.arraycopy(before, 0, after, 0, before.length);
			after[before.length] = added;
			this.observers = after;
		}
		return () -> remove(added);
	}

	private synchronized void remove(OperationObserver removed) {
		this.observers = Arrays.stream(this.observers)
			.filter((observer) -> observer != removed)
			.toArray(OperationObserver[]::new);
	}

	/**
	 * Returns whether anybody observes.
	 * @return whether there are observers
	 */
	public boolean isObserved() {
		return this.observers.length > 0;
	}

	/**
	 * Tells of a query that was answered at once by the member in this process.
	 */
	public void readLocally() {
		for (OperationObserver observer : this.observers) {
			observer.onLocalRead();
		}
	}

	/**
	 * Begins an operation.
	 * @param <T> the type of its result
	 * @param kind the kind
	 * @param type the type of the primitive, or null
	 * @param name the name of the primitive, or null
	 * @param internal whether the library itself begins it
	 * @param refusal tells which results of a wait are refusals
	 * @return the future of the operation, whose completion ends it
	 */
	public <T extends @Nullable Object> CompletableFuture<T> begin(OperationKind kind, @Nullable PrimitiveType type,
			@Nullable String name, boolean internal, Predicate<T> refusal) {
		OperationObserver[] current = this.observers;
		return (current.length == 0) ? new CompletableFuture<>()
				: new ObservedFuture<>(current, kind, type, name, internal, refusal);
	}

}
