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
import io.github.atomixspring.primitive.PrimitiveType;

/**
 * The identity of a primitive on the cluster.
 *
 * @param type the code of the type
 * @param name the name
 */
@JsonFormat(shape = Shape.ARRAY)
public record PrimitiveId(int type, String name) implements Comparable<PrimitiveId> {

	/**
	 * The greatest length of a name.
	 */
	public static final int MAX_NAME_LENGTH = 256;

	public PrimitiveId {
		PrimitiveType.ofCode(type);
		Presence.check(name);
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new IllegalArgumentException("A name must have 1 to " + MAX_NAME_LENGTH
					+ " characters and not be blank, but this has " + name.length());
		}
	}

	/**
	 * Creates the id of a primitive.
	 * @param type the type
	 * @param name the name
	 * @return the id
	 */
	public static PrimitiveId of(PrimitiveType type, String name) {
		return new PrimitiveId(type.code(), name);
	}

	@Override
	public int compareTo(PrimitiveId other) {
		int byType = Integer.compare(this.type, other.type);
		return (byType != 0) ? byType : this.name.compareTo(other.name);
	}

}
