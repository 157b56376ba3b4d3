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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a tree.
 *
 * @param <V> the type of the values
 */
final class AsyncTreeProxy<V> implements AsyncDistributedTree<V> {

	private final TreeOperations<V> operations;

	private final PrimitiveSession session;

	private final BiFunction<String, TreeListener<V>, CompletableFuture<Registration>> listening;

	/**
	 * Creates the face.
	 * @param operations the operations
	 * @param session the session of the node
	 * @param listening adds a listener
	 */
	AsyncTreeProxy(TreeOperations<V> operations, PrimitiveSession session,
			BiFunction<String, TreeListener<V>, CompletableFuture<Registration>> listening) {
		this.operations = operations;
		this.session = session;
		this.listening = listening;
	}

	@Override
	public CompletableFuture<Optional<TreeNode<V>>> get(String path) {
		return get(path, this.operations.consistency());
	}

	@Override
	public CompletableFuture<Optional<TreeNode<V>>> get(String path, ReadConsistency consistency) {
		return this.session.expose(this.operations.get(path, consistency));
	}

	@Override
	public CompletableFuture<Map<String, TreeNode<V>>> getChildren(String path) {
		return getChildren(path, this.operations.consistency());
	}

	@Override
	public CompletableFuture<Map<String, TreeNode<V>>> getChildren(String path, ReadConsistency consistency) {
		return this.session.expose(this.operations.getChildren(path, consistency));
	}

	@Override
	public CompletableFuture<Boolean> create(String path, @Nullable V value) {
		return this.session.expose(this.operations.create(path, value, null));
	}

	@Override
	public CompletableFuture<Boolean> create(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return this.session.expose(this.operations.create(path, value, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> createRecursive(String path, @Nullable V value) {
		return this.session.expose(this.operations.createRecursive(path, value, null));
	}

	@Override
	public CompletableFuture<Boolean> createRecursive(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return this.session.expose(this.operations.createRecursive(path, value, timeToLive));
	}

	@Override
	public CompletableFuture<Optional<TreeNode<V>>> set(String path, @Nullable V value) {
		return this.session.expose(this.operations.set(path, value, null));
	}

	@Override
	public CompletableFuture<Optional<TreeNode<V>>> set(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return this.session.expose(this.operations.set(path, value, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> replace(String path, @Nullable V oldValue, @Nullable V newValue) {
		return this.session.expose(this.operations.replace(path, oldValue, newValue, null));
	}

	@Override
	public CompletableFuture<Boolean> replace(String path, @Nullable V oldValue, @Nullable V newValue,
			Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return this.session.expose(this.operations.replace(path, oldValue, newValue, timeToLive));
	}

	@Override
	public CompletableFuture<Boolean> replaceIfVersion(String path, long version, @Nullable V newValue) {
		return this.session.expose(this.operations.replaceIfVersion(path, version, newValue, null));
	}

	@Override
	public CompletableFuture<Boolean> replaceIfVersion(String path, long version, @Nullable V newValue,
			Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return this.session.expose(this.operations.replaceIfVersion(path, version, newValue, timeToLive));
	}

	@Override
	public CompletableFuture<Optional<TreeNode<V>>> remove(String path) {
		return this.session.expose(this.operations.remove(path));
	}

	@Override
	public CompletableFuture<Boolean> removeIfVersion(String path, long version) {
		return this.session.expose(this.operations.removeIfVersion(path, version));
	}

	@Override
	public CompletableFuture<Registration> addListener(TreeListener<V> listener) {
		return addListener(TreeMessages.ROOT, listener);
	}

	@Override
	public CompletableFuture<Registration> addListener(String path, TreeListener<V> listener) {
		return this.session.expose(this.listening.apply(path, listener));
	}

}
