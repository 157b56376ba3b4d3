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

package io.github.atomixspring.spring.observation;

import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes the operations that the application begins, on its own threads: what is
 * current there is the parent. What the library does by itself is not observed.
 *
 * @since 0.1.0
 */
public class AtomixObservations implements OperationObserver {

	private static final AtomixCallConvention DEFAULT_CONVENTION = new DefaultAtomixCallConvention();

	private final ObservationRegistry registry;

	private final @Nullable AtomixCallConvention convention;

	/**
	 * Creates an observer.
	 * @param registry the registry
	 * @param convention the convention, or null for the global or the default one
	 */
	public AtomixObservations(ObservationRegistry registry, @Nullable AtomixCallConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
			boolean internal) {
		if (internal || this.registry.isNoop()) {
			return null;
		}
		Observation observation = AtomixCallDocumentation.CALL.observation(this.convention, DEFAULT_CONVENTION,
				() -> new AtomixCallContext(kind, type, name), this.registry);
		return observation.isNoop() ? null : observation.start();
	}

	@Override
	public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
			@Nullable Object started, @Nullable Throwable failure) {
		if (started instanceof Observation observation) {
			if (observation.getContext() instanceof AtomixCallContext context) {
				context.setOutcome(outcome);
			}
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		}
	}

}
