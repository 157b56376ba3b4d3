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

package io.github.atomixspring.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.jspecify.annotations.Nullable;

/**
 * When a write is done.
 *
 * @param kind the kind, one of the constants
 * @param value the expected value for {@link #VALUE}; null expects none
 * @param version the expected version for {@link #VERSION}
 */
@JsonFormat(shape = Shape.ARRAY)
public record Condition(int kind, byte @Nullable [] value, long version) {

	/**
	 * Always.
	 */
	public static final int ALWAYS = 0;

	/**
	 * If there is no value.
	 */
	public static final int ABSENT = 1;

	/**
	 * If there is a value.
	 */
	public static final int PRESENT = 2;

	/**
	 * If the value has the expected bytes.
	 */
	public static final int VALUE = 3;

	/**
	 * If the value has the expected version; version zero expects none.
	 */
	public static final int VERSION = 4;

	/**
	 * The condition that always holds.
	 * @return the condition
	 */
	public static Condition always() {
		return new Condition(ALWAYS, null, 0);
	}

	/**
	 * Holds if there is no value.
	 * @return the condition
	 */
	public static Condition absent() {
		return new Condition(ABSENT, null, 0);
	}

	/**
	 * Holds if there is a value.
	 * @return the condition
	 */
	public static Condition present() {
		return new Condition(PRESENT, null, 0);
	}

	/**
	 * Holds if the value has these bytes.
	 * @param value the bytes; null expects no value
	 * @return the condition
	 */
	public static Condition value(byte @Nullable [] value) {
		return new Condition(VALUE, value, 0);
	}

	/**
	 * Holds if the value has this version.
	 * @param version the version; zero expects no value
	 * @return the condition
	 */
	public static Condition version(long version) {
		return new Condition(VERSION, null, version);
	}

}
