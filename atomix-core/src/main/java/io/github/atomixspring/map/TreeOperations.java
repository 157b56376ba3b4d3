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

package io.github.atomixspring.map;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.protocol.TreeMessages.Outcome;
import io.github.atomixspring.proxy.Durations;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a tree, for both of its faces.
 *
 * @param <V> the type of the values
 */
final class TreeOperations<V> {

	private static final int PAGE_ENTRIES = 500;

	private final PrimitiveId id;

	private final MapLane lane;

	private final ReadConsistency consistency;

	private final NodeValueCodec<V> values;

	/**
	 * Creates the operations.
	 * @param id the tree
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	TreeOperations(PrimitiveId id, TreeOptions<V> options, MapLane lane) {
		this.id = id;
		this.lane = lane;
		this.consistency = options.readConsistency();
		this.values = new NodeValueCodec<>(options.valueCodec(), id.name());
	}

	/**
	 * Returns the consistency of reads that do not choose one.
	 * @return the consistency
	 */
	ReadConsistency consistency() {
		return this.consistency;
	}

	/**
	 * Returns the codec of nodes.
	 * @return the codec
	 */
	NodeValueCodec<V> values() {
		return this.values;
	}

	/**
	 * Checks the path of a node.
	 * @param path the path
	 * @return the path
	 */
	private static String node(String path) {
		Objects.requireNonNull(path, "'path' must not be null");
		if (!TreeMessages.isPath(path)) {
			throw new IllegalArgumentException("'path' must have the form /a/b and at most "
					+ TreeMessages.MAX_PATH_LENGTH + " characters, and not be '" + shorten(path) + "'");
		}
		return path;
	}

	private static String shorten(String path) {
		return (path.length() > 100) ? path.substring(0, 100) + "..." : path;
	}

	/**
	 * Checks the path of a node or of the root.
	 * @param path the path
	 * @return the path
	 */
	static String nodeOrRoot(String path) {
		return TreeMessages.ROOT.equals(path) ? path : node(path);
	}

	CompletableFuture<Optional<TreeNode<V>>> get(String path, ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return this.lane.ask(new TreeMessages.Get(this.id, node(path)), consistency, Result.Entries.class)
			.thenApply((result) -> result.entries().stream().findFirst().map(this::toNode));
	}

	CompletableFuture<Map<String, TreeNode<V>>> getChildren(String path, ReadConsistency consistency) {
		Objects.requireNonNull(consistency, "'consistency' must not be null");
		return children(nodeOrRoot(path), null, consistency, new LinkedHashMap<>());
	}

	private CompletableFuture<Map<String, TreeNode<V>>> children(String path, @Nullable String after,
			ReadConsistency consistency, Map<String, TreeNode<V>> found) {
		return this.lane
			.ask(new TreeMessages.Children(this.id, path, after, PAGE_ENTRIES), consistency, TreeMessages.Listing.class)
			.thenCompose((listing) -> {
				if (!listing.exists()) {
					throw new NoSuchPathException("There is no node " + path + " in the tree '" + this.id.name() + "'");
				}
				List<KeyValue> children = listing.children();
				if (children.isEmpty()) {
					return CompletableFuture.completedFuture(found);
				}
				TreeNode<V> last = null;
				for (KeyValue child : children) {
					last = toNode(child);
					found.put(last.name(), last);
				}
				return children(path, Objects.requireNonNull(last).name(), consistency, found);
			});
	}

	private TreeNode<V> toNode(KeyValue entry) {
		return new TreeNode<>(TreeMessages.path(entry.key()), this.values.decode(entry.value()), entry.version());
	}

	CompletableFuture<Boolean> create(String path, @Nullable V value, @Nullable Duration timeToLive) {
		return isDone(update(path, value, timeToLive, Condition.absent(), false));
	}

	CompletableFuture<Boolean> createRecursive(String path, @Nullable V value, @Nullable Duration timeToLive) {
		return isDone(update(path, value, timeToLive, Condition.absent(), true));
	}

	CompletableFuture<Optional<TreeNode<V>>> set(String path, @Nullable V value, @Nullable Duration timeToLive) {
		return update(path, value, timeToLive, Condition.always(), false).thenApply((outcome) -> old(path, outcome));
	}

	CompletableFuture<Boolean> replace(String path, @Nullable V oldValue, @Nullable V newValue,
			@Nullable Duration timeToLive) {
		return isDone(update(path, newValue, timeToLive, Condition.value(this.values.encode(oldValue)), false));
	}

	CompletableFuture<Boolean> replaceIfVersion(String path, long version, @Nullable V newValue,
			@Nullable Duration timeToLive) {
		return isDone(update(path, newValue, timeToLive, MapProxy.existing(version), false));
	}

	private CompletableFuture<Outcome> update(String path, @Nullable V value, @Nullable Duration timeToLive,
			Condition condition, boolean recursive) {
		long millis = (timeToLive != null) ? Durations.positiveMillis(timeToLive, "timeToLive") : 0;
		return this.lane
			.command(new TreeMessages.Update(this.id, node(path), this.values.encode(value), millis, condition,
					recursive), Outcome.class)
			.thenApply((outcome) -> checked(path, outcome));
	}

	CompletableFuture<Optional<TreeNode<V>>> remove(String path) {
		return remove(path, Condition.always()).thenApply((outcome) -> old(path, outcome));
	}

	CompletableFuture<Boolean> removeIfVersion(String path, long version) {
		return isDone(remove(path, MapProxy.existing(version)));
	}

	private CompletableFuture<Outcome> remove(String path, Condition condition) {
		return this.lane.command(new TreeMessages.Remove(this.id, node(path), condition), Outcome.class)
			.thenApply((outcome) -> checked(path, outcome));
	}

	private Outcome checked(String path, Outcome outcome) {
		return switch (outcome.status()) {
			case Outcome.NO_PARENT -> throw new NoSuchPathException(
					"The node " + path + " of the tree '" + this.id.name() + "' has no parent: create it first");
			case Outcome.HAS_CHILDREN -> throw new NodeHasChildrenException(
					"The node " + path + " of the tree '" + this.id.name() + "' has children: remove them first");
			default -> outcome;
		};
	}

	private static CompletableFuture<Boolean> isDone(CompletableFuture<Outcome> outcome) {
		return outcome.thenApply((done) -> done.status() == Outcome.DONE);
	}

	private Optional<TreeNode<V>> old(String path, Outcome outcome) {
		byte[] old = outcome.old();
		return (old != null) ? Optional.of(new TreeNode<>(path, this.values.decode(old), outcome.oldVersion()))
				: Optional.empty();
	}

}
