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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of a node, and their key names.
 *
 * @since 0.1.0
 */
public enum AtomixCallDocumentation implements ObservationDocumentation {

	/**
	 * An operation of the application on a primitive, from its call to its answer,
	 * blocking or not; or a wait for what others have to give.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAtomixCallConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * Key names with few values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * What it is: {@code command}, {@code query} or {@code wait}.
		 */
		KIND {

			@Override
			public String asString() {
				return "kind";
			}

		},

		/**
		 * The type of the primitive such as {@code map}, or {@code cluster} if it
		 * concerns several or none.
		 */
		TYPE {

			@Override
			public String asString() {
				return "type";
			}

		},

		/**
		 * How it ended, such as {@code success}; {@code none} while it has not ended.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * Key names with any number of values.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * The name of the primitive.
		 */
		PRIMITIVE {

			@Override
			public String asString() {
				return "atomix.primitive";
			}

		}

	}

}
