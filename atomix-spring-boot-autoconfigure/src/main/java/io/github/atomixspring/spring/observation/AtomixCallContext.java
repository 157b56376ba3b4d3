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
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * {@link io.micrometer.observation.Observation.Context Context} of an operation of the
 * application on a primitive.
 *
 * @since 0.1.0
 */
public class AtomixCallContext extends Observation.Context {

	private final OperationKind kind;

	private final @Nullable PrimitiveType type;

	private final @Nullable String primitive;

	private volatile @Nullable OperationOutcome outcome;

	/**
	 * Creates a context.
	 * @param kind the kind of the operation
	 * @param type the type of the primitive, or null if it concerns several or none
	 * @param primitive the name of the primitive, or null if it concerns several or none
	 */
	public AtomixCallContext(OperationKind kind, @Nullable PrimitiveType type, @Nullable String primitive) {
		this.kind = kind;
		this.type = type;
		this.primitive = primitive;
	}

	/**
	 * Returns the kind of the operation.
	 * @return the kind
	 */
	public OperationKind getKind() {
		return this.kind;
	}

	/**
	 * Returns the type of the primitive.
	 * @return the type, or null if the operation concerns several or none
	 */
	public @Nullable PrimitiveType getType() {
		return this.type;
	}

	/**
	 * Returns the name of the primitive.
	 * @return the name, or null if the operation concerns several or none
	 */
	public @Nullable String getPrimitive() {
		return this.primitive;
	}

	/**
	 * Returns how the operation ended.
	 * @return the outcome, or null while it has not ended
	 */
	public @Nullable OperationOutcome getOutcome() {
		return this.outcome;
	}

	void setOutcome(OperationOutcome outcome) {
		this.outcome = outcome;
	}

}
