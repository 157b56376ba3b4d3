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

/**
 * Says in which partition a primitive lives. All nodes of all versions must agree on it,
 * so it never changes:
 * <ol>
 * <li>The tag of a name is what stands between its first opening brace and the first
 * closing one after it, if that is not empty, and else the whole name: that of
 * {@code orders&#123;customer-7&#125;} is {@code customer-7}, as in Redis Cluster. So
 * names with the same tag live together.
 * <li>The partition is the {@linkplain StableHash hash} of the UTF-8 bytes of the tag,
 * taken as an unsigned number, modulo the number of partitions. The type of the primitive
 * does not count.
 * </ol>
 */
public final class Placement {

	private Placement() {
	}

	/**
	 * Returns the partition of a primitive.
	 * @param name the name of the primitive
	 * @param partitions the number of partitions, at least 1
	 * @return the number of its partition, from 0
	 */
	public static int partitionOf(String name, int partitions) {
		return (partitions == 1) ? 0 : (int) Long.remainderUnsigned(StableHash.of(tagOf(name)), partitions);
	}

	/**
	 * Returns the part of a name that counts.
	 * @param name the name of a primitive
	 * @return the tag
	 */
	public static String tagOf(String name) {
		int open = name.indexOf('{');
		int close = (open >= 0) ? name.indexOf('}', open) : -1;
		return (close > open + 1) ? name.substring(open + 1, close) : name;
	}

}
