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

import io.github.atomixspring.primitive.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each operation and each wait of a node.
 * <p>
 * All methods are on the way of every operation: they must be short, must not block and
 * should not throw; what they throw is logged once and dropped. They may be called by
 * several threads at once, and for one operation by different ones.
 *
 * @since 0.1.0
 */
public interface OperationObserver {

	/**
	 * Called when an operation begins, on the thread that began it.
	 * @param kind the kind
	 * @param type the type of the primitive, or null if it concerns several or none:
	 * transactions and what is asked of the whole cluster
	 * @param name the name of the primitive, or null if there is no type
	 * @param internal whether the library itself began it, on one of its own threads
	 * @return what {@link #onEnd} is called with, or null
	 */
	default @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
			boolean internal) {
		return null;
	}

	/**
	 * Called when a query was answered at once by the member in this process. That is no
	 * operation that begins and ends: the time it takes is not measured, since that would
	 * cost a good part of it.
	 */
	default void onLocalRead() {
	}

	/**
	 * Called when an operation has ended, before those who wait for it are told.
	 * @param kind the kind
	 * @param type the type of the primitive, or null
	 * @param outcome how it ended
	 * @param nanos how long it took in nanoseconds
	 * @param started what {@link #onStart} returned
	 * @param failure why it failed, or null
	 */
	void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
			@Nullable Object started, @Nullable Throwable failure);

}
