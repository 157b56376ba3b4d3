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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what an observer throws from the operation that it was told of.
 */
final class GuardedObserver implements OperationObserver {

	private static final Logger logger = LoggerFactory.getLogger(GuardedObserver.class);

	private final OperationObserver observer;

	private volatile boolean failed;

	GuardedObserver(OperationObserver observer) {
		this.observer = observer;
	}

	@Override
	public @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
			boolean internal) {
		try {
			return this.observer.onStart(kind, type, name, internal);
		}
		catch (RuntimeException ex) {
			warn(ex);
			return null;
		}
	}

	@Override
	public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
			@Nullable Object started, @Nullable Throwable failure) {
		try {
			this.observer.onEnd(kind, type, outcome, nanos, started, failure);
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	@Override
	public void onLocalRead() {
		try {
			this.observer.onLocalRead();
		}
		catch (RuntimeException ex) {
			warn(ex);
		}
	}

	private void warn(RuntimeException ex) {
		if (!this.failed) {
			this.failed = true;
			logger.warn("Observer of operations failed; what it throws from now on is dropped", ex);
		}
	}

}
