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

package io.github.atomixspring.spring.annotation;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;

/**
 * A type of primitives that can be injected with {@link Primitive @Primitive}.
 *
 * @since 0.1.0
 */
public interface InjectablePrimitive {

	/**
	 * Returns the type that injection points have.
	 * @return the interface of the primitives
	 */
	Class<? extends DistributedPrimitive> type();

	/**
	 * Gets a primitive of this type.
	 * @param atomix the node
	 * @param name the name
	 * @param elementTypes the types of what the primitive keeps
	 * @return the primitive
	 */
	DistributedPrimitive get(Atomix atomix, String name, ElementTypes elementTypes);

}
