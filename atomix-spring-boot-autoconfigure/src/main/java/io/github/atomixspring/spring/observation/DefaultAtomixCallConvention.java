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

import java.util.Locale;

import io.github.atomixspring.spring.observation.AtomixCallDocumentation.HighCardinalityKeyNames;
import io.github.atomixspring.spring.observation.AtomixCallDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The {@link AtomixCallConvention} unless there is another. Names of primitives have a
 * high cardinality: they are in traces, not in meters.
 *
 * @since 0.1.0
 */
public class DefaultAtomixCallConvention implements AtomixCallConvention {

	private static final String NAME = "atomix.call";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(AtomixCallContext context) {
		return "atomix " + value(context.getType(), "cluster") + " " + value(context.getKind(), "");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AtomixCallContext context) {
		return KeyValues.of(KeyValue.of(LowCardinalityKeyNames.KIND, value(context.getKind(), "")),
				KeyValue.of(LowCardinalityKeyNames.TYPE, value(context.getType(), "cluster")),
				KeyValue.of(LowCardinalityKeyNames.OUTCOME, value(context.getOutcome(), KeyValue.NONE_VALUE)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AtomixCallContext context) {
		String primitive = context.getPrimitive();
		return (primitive != null) ? KeyValues.of(KeyValue.of(HighCardinalityKeyNames.PRIMITIVE, primitive))
				: KeyValues.empty();
	}

	private static String value(@Nullable Enum<?> value, String otherwise) {
		return (value != null) ? value.name().toLowerCase(Locale.ROOT).replace('_', '-') : otherwise;
	}

}
