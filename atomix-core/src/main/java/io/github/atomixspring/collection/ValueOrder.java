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

package io.github.atomixspring.collection;

/**
 * The order of the values of a key of a multimap.
 *
 * @since 0.1.0
 */
public enum ValueOrder {

	/**
	 * The order in which they were put.
	 */
	INSERT,

	/**
	 * The order of their encoded bytes, compared as unsigned numbers. For strings that is
	 * the order of their code points; the number codecs have another order than their
	 * numbers where signs or lengths differ.
	 */
	NATURAL

}
