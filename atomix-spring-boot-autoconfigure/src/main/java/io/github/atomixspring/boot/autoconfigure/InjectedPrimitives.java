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

package io.github.atomixspring.boot.autoconfigure;

import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.spring.annotation.ElementTypes;
import io.github.atomixspring.spring.annotation.InjectablePrimitive;

/**
 * The primitives of a kind as they are injected by name: with the properties of the
 * declared primitive of that name, if there is one.
 *
 * @param <P> the type of the properties
 * @param kind the kind
 * @param properties what is declared
 */
record InjectedPrimitives<P extends DeclaredPrimitive>(PrimitiveKind<P, ?> kind,
		PrimitivesProperties properties) implements InjectablePrimitive {

	@Override
	public Class<? extends DistributedPrimitive> type() {
		return this.kind.type();
	}

	@Override
	public DistributedPrimitive get(Atomix atomix, String name, ElementTypes elementTypes) {
		return this.kind.prepare(spec(name, elementTypes)).apply(atomix);
	}

	private PrimitiveSpec<P> spec(String name, ElementTypes elementTypes) {
		for (Map.Entry<String, P> declared : this.kind.declared(this.properties).entrySet()) {
			String bean = declared.getKey();
			P found = declared.getValue();
			if (found.nameOr(bean).equals(name)) {
				return new PrimitiveSpec<>(this.kind.path(bean), name, found, elementTypes);
			}
		}
		return new PrimitiveSpec<>(this.kind.path(name), name, this.kind.undeclared().get(), elementTypes);
	}

}
