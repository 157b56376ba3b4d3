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

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of trees. The bytes of a node are empty if it has no value. Paths are as
 * {@link #isPath} says; the root is there always and has no value.
 */
public final class TreeMessages {

	/**
	 * Separates the names in a path.
	 */
	public static final char SEPARATOR = '/';

	/**
	 * The path of the root.
	 */
	public static final String ROOT = "/";

	/**
	 * The greatest length of a path.
	 */
	public static final int MAX_PATH_LENGTH = 1024;

	private TreeMessages() {
	}

	/**
	 * Returns whether a text is the path of a node below the root: a separator before
	 * each name, names that are not empty, and not too long.
	 * @param text the text
	 * @return whether it is a path
	 */
	public static boolean isPath(String text) {
		return text.length() > 1 && text.length() <= MAX_PATH_LENGTH && text.charAt(0) == SEPARATOR
				&& text.charAt(text.length() - 1) != SEPARATOR && !text.contains("//");
	}

	/**
	 * Returns the key of a path in entries and events.
	 * @param path the path
	 * @return the key
	 */
	public static byte[] key(String path) {
		return path.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Returns the path with a key.
	 * @param key the key
	 * @return the path
	 */
	public static String path(byte[] key) {
		return new String(key, StandardCharsets.UTF_8);
	}

	/**
	 * Writes a node. Answers {@link Outcome}.
	 *
	 * @param target the tree
	 * @param path the path
	 * @param value the new bytes
	 * @param timeToLive the time to live in milliseconds; zero for ever
	 * @param condition when to write; {@link Condition#VERSION} and
	 * {@link Condition#VALUE} expect a node
	 * @param recursive whether ancestors that are missing are made, without values
	 */
	@JsonTypeName("54")
	public record Update(PrimitiveId target, String path, byte[] value, long timeToLive, Condition condition,
			boolean recursive) implements Command {
		public Update {
			Presence.check(target, path, value, condition);
		}

	}

	/**
	 * Removes a node without children. Answers {@link Outcome}.
	 *
	 * @param target the tree
	 * @param path the path
	 * @param condition when to remove it
	 */
	@JsonTypeName("55")
	public record Remove(PrimitiveId target, String path, Condition condition) implements Command {
		public Remove {
			Presence.check(target, path, condition);
		}

		@Override
		public boolean shrinks() {
			return true;
		}

	}

	/**
	 * Reads a node. Answers {@link Result.Entries} with one entry or none.
	 *
	 * @param target the tree
	 * @param path the path
	 */
	@JsonTypeName("52")
	public record Get(PrimitiveId target, String path) implements Query {
		public Get {
			Presence.check(target, path);
		}

	}

	/**
	 * Reads children of a node, in the order of the bytes of their names. Answers
	 * {@link Listing}; an empty one is the end. An answer ends early at
	 * {@link MapMessages#MAX_ANSWER_BYTES}.
	 *
	 * @param target the tree
	 * @param path the path of the node, or of the root
	 * @param after the name of the child before the page, or null for the first page
	 * @param limit the largest number of children
	 */
	@JsonTypeName("53")
	public record Children(PrimitiveId target, String path, @Nullable String after, int limit) implements Query {
		public Children {
			Presence.check(target, path);
			if (after != null) {
				Presence.check(after);
			}
		}

	}

	/**
	 * The outcome of a write.
	 *
	 * @param status one of the constants
	 * @param old the bytes before, or null if there was no node
	 * @param oldVersion the version before, or zero
	 * @param version the version after, or zero if there is no node
	 */
	@JsonTypeName("50")
	public record Outcome(int status, byte @Nullable [] old, long oldVersion, long version) implements Result {

		/**
		 * It was done.
		 */
		public static final int DONE = 0;

		/**
		 * The condition did not hold.
		 */
		public static final int NOT_MET = 1;

		/**
		 * There is no parent.
		 */
		public static final int NO_PARENT = 2;

		/**
		 * There are children.
		 */
		public static final int HAS_CHILDREN = 3;

		@Override
		public long weight() {
			return (this.old != null) ? this.old.length : 0;
		}

	}

	/**
	 * Children of a node.
	 *
	 * @param exists whether there is such a node
	 * @param children the children, with their whole paths as keys
	 */
	@JsonTypeName("51")
	public record Listing(boolean exists, List<KeyValue> children) implements Result {
		public Listing {
			children = List.copyOf(children);
		}

		@Override
		public long weight() {
			return this.children.stream().mapToLong(KeyValue::size).sum();
		}

	}

}
