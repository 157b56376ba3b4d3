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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.github.atomixspring.primitive.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The future of an operation that tells observers when it is completed. It measures
 * itself, so that no stage and no closure is made for that.
 *
 * @param <T> the type of the result
 */
final class ObservedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private final OperationObserver[] observers;

	private final @Nullable Object @Nullable [] contexts;

	private final OperationKind kind;

	private final @Nullable PrimitiveType type;

	private final Predicate<T> refusal;

	private final long begin = System.nanoTime();

	private final AtomicBoolean told = new AtomicBoolean();

	ObservedFuture(OperationObserver[] observers, OperationKind kind, @Nullable PrimitiveType type,
			@Nullable String name, boolean internal, Predicate<T> refusal) {
		this.observers = observers;
		this.kind = kind;
		this.type = type;
		this.refusal = refusal;
		@Nullable Object[] started = null;
		for (int i = 0; i < observers.length; i++) {
			Object context = observers[i].onStart(kind, type, name, internal);
			if (context != null) {
				started = (started != null) ? started : new Object[observers.length];
				started[i] = context;
			}
		}
		this.contexts = started;
	}

	@Override
	public boolean complete(T value) {
		tell((this.refusal.test(value)) ? OperationOutcome.REFUSED : OperationOutcome.SUCCESS, null);
		return super.complete(value);
	}

	@Override
	public boolean completeExceptionally(Throwable failure) {
		tell(OperationOutcome.of(failure), failure);
		return super.completeExceptionally(failure);
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		tell(OperationOutcome.CANCELLED, null);
		return super.cancel(mayInterruptIfRunning);
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	private void tell(OperationOutcome outcome, @Nullable Throwable failure) {
		// The first to complete it wins, as far as two can tell that race: the operation
		// is counted once.
		if (isDone() || !this.told.compareAndSet(false, true)) {
			return;
		}
		long nanos = System.nanoTime() - this.begin;
		for (int i = 0; i < this.observers.length; i++) {
			this.observers[i].onEnd(this.kind, this.type, outcome, nanos,
					(this.contexts != null) ? this.contexts[i] : null, failure);
		}
	}

}
