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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;
import org.jspecify.annotations.Nullable;

/**
 * A kind of primitives: what it is, how it is declared and how it is made.
 *
 * @param <P> the type of the properties
 * @param <O> the type of the options
 * @param type the interface of the primitives
 * @param group the group of their properties under {@code atomix}
 * @param declarations finds those that are declared
 * @param undeclared makes the properties of one that is not declared
 * @param elements the properties with the classes of the elements, in the order of the
 * type parameters
 * @param options makes the options
 * @param source gets a primitive of a name and options
 */
record PrimitiveKind<P extends DeclaredPrimitive, O>(Class<? extends DistributedPrimitive> type, String group,
		Function<PrimitivesProperties, Map<String, P>> declarations, Supplier<P> undeclared,
		Map<String, Function<P, @Nullable String>> elements, Function<PrimitiveSpec<P>, O> options, Source<O> source) {

	private static final Pattern PLAIN_KEY = Pattern.compile("[a-zA-Z0-9-]+");

	static <P extends DeclaredPrimitive> Builder<P> of(Class<? extends DistributedPrimitive> type, String group,
			Function<PrimitivesProperties, Map<String, P>> declared, Supplier<P> undeclared) {
		return new Builder<>(type, group, declared, undeclared);
	}

	Map<String, P> declared(PrimitivesProperties properties) {
		return this.declarations.apply(properties);
	}

	/**
	 * Returns the prefix of the properties of a bean.
	 * @param bean the name of the bean
	 * @return the prefix, without a dot at its end
	 */
	String path(String bean) {
		String key = (PLAIN_KEY.matcher(bean).matches()) ? bean : "[" + bean + "]";
		return "atomix." + this.group + "." + key;
	}

	/**
	 * Returns the names of the classes of elements.
	 * @param path the prefix of the properties
	 * @param properties the properties
	 * @return the names by property, in the order of the type parameters
	 */
	Map<String, @Nullable String> elementClassNames(String path, P properties) {
		Map<String, @Nullable String> names = new LinkedHashMap<>();
		this.elements.forEach((property, className) -> names.put(path + "." + property, className.apply(properties)));
		return names;
	}

	/**
	 * Prepares a primitive. What does not depend on the node is checked at once.
	 * @param spec what is known of it
	 * @return gets the primitive
	 */
	Function<Atomix, DistributedPrimitive> prepare(PrimitiveSpec<P> spec) {
		O checked = this.options.apply(spec);
		return (atomix) -> this.source.get(atomix, spec.name(), checked);
	}

	/**
	 * Gets a primitive.
	 *
	 * @param <O> the type of the options
	 */
	@FunctionalInterface
	interface Source<O> {

		DistributedPrimitive get(Atomix atomix, String name, O options);

	}

	/**
	 * Builds a kind.
	 *
	 * @param <P> the type of the properties
	 */
	static final class Builder<P extends DeclaredPrimitive> {

		private final Class<? extends DistributedPrimitive> type;

		private final String group;

		private final Function<PrimitivesProperties, Map<String, P>> declared;

		private final Supplier<P> undeclared;

		private final Map<String, Function<P, @Nullable String>> elements = new LinkedHashMap<>();

		private Builder(Class<? extends DistributedPrimitive> type, String group,
				Function<PrimitivesProperties, Map<String, P>> declared, Supplier<P> undeclared) {
			this.type = type;
			this.group = group;
			this.declared = declared;
			this.undeclared = undeclared;
		}

		Builder<P> element(String property, Function<P, @Nullable String> className) {
			this.elements.put(property, className);
			return this;
		}

		PrimitiveKind<P, String> from(Function<Atomix, Function<String, DistributedPrimitive>> source) {
			return from(PrimitiveSpec::name, (atomix, name, options) -> source.apply(atomix).apply(name));
		}

		<O> PrimitiveKind<P, O> from(Function<PrimitiveSpec<P>, O> options, Source<O> source) {
			return new PrimitiveKind<>(this.type, this.group, this.declared, this.undeclared, this.elements, options,
					source);
		}

	}

}
