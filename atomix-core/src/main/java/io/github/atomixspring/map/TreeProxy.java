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

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.proxy.ObservedPrimitive;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedTree} over the session of its node.
 *
 * @param <V> the type of the values
 */
final class TreeProxy<V> extends ObservedPrimitive<TreeProxy.PathListener<V>> implements DistributedTree<V>, MapLane {

	private final TreeOperations<V> operations;

	private final AsyncDistributedTree<V> async;

	/**
	 * Creates a tree.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	TreeProxy(PrimitiveSession session, String name, TreeOptions<V> options, Runnable onClose) {
		super(session, PrimitiveType.TREE, name, onClose);
		this.operations = new TreeOperations<>(id(), options, this);
		this.async = new AsyncTreeProxy<>(this.operations, session, this::listen);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	@Override
	public <R extends Result> CompletableFuture<R> command(Command command, Class<R> result) {
		return submit(command, result);
	}

	@Override
	public <R extends Result> CompletableFuture<R> ask(Query query, ReadConsistency consistency, Class<R> result) {
		return query(query, consistency, result);
	}

	@Override
	public boolean isCaughtUp() {
		return session().isCaughtUp();
	}

	@Override
	public Optional<TreeNode<V>> get(String path) {
		return get(path, this.operations.consistency());
	}

	@Override
	public Optional<TreeNode<V>> get(String path, ReadConsistency consistency) {
		return session().await(this.operations.get(path, consistency));
	}

	@Override
	public Map<String, TreeNode<V>> getChildren(String path) {
		return getChildren(path, this.operations.consistency());
	}

	@Override
	public Map<String, TreeNode<V>> getChildren(String path, ReadConsistency consistency) {
		return session().await(this.operations.getChildren(path, consistency));
	}

	@Override
	public boolean create(String path, @Nullable V value) {
		return session().await(this.operations.create(path, value, null));
	}

	@Override
	public boolean create(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return session().await(this.operations.create(path, value, timeToLive));
	}

	@Override
	public boolean createRecursive(String path, @Nullable V value) {
		return session().await(this.operations.createRecursive(path, value, null));
	}

	@Override
	public boolean createRecursive(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return session().await(this.operations.createRecursive(path, value, timeToLive));
	}

	@Override
	public Optional<TreeNode<V>> set(String path, @Nullable V value) {
		return session().await(this.operations.set(path, value, null));
	}

	@Override
	public Optional<TreeNode<V>> set(String path, @Nullable V value, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return session().await(this.operations.set(path, value, timeToLive));
	}

	@Override
	public boolean replace(String path, @Nullable V oldValue, @Nullable V newValue) {
		return session().await(this.operations.replace(path, oldValue, newValue, null));
	}

	@Override
	public boolean replace(String path, @Nullable V oldValue, @Nullable V newValue, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return session().await(this.operations.replace(path, oldValue, newValue, timeToLive));
	}

	@Override
	public boolean replaceIfVersion(String path, long version, @Nullable V newValue) {
		return session().await(this.operations.replaceIfVersion(path, version, newValue, null));
	}

	@Override
	public boolean replaceIfVersion(String path, long version, @Nullable V newValue, Duration timeToLive) {
		Objects.requireNonNull(timeToLive, "'timeToLive' must not be null");
		return session().await(this.operations.replaceIfVersion(path, version, newValue, timeToLive));
	}

	@Override
	public Optional<TreeNode<V>> remove(String path) {
		return session().await(this.operations.remove(path));
	}

	@Override
	public boolean removeIfVersion(String path, long version) {
		return session().await(this.operations.removeIfVersion(path, version));
	}

	@Override
	public Registration addListener(TreeListener<V> listener) {
		return addListener(TreeMessages.ROOT, listener);
	}

	@Override
	public Registration addListener(String path, TreeListener<V> listener) {
		return session().await(listen(path, listener));
	}

	private CompletableFuture<Registration> listen(String path, TreeListener<V> listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		PathListener<V> concerned = new PathListener<>(TreeOperations.nodeOrRoot(path), listener);
		return listen(concerned);
	}

	@Override
	public AsyncDistributedTree<V> async() {
		return this.async;
	}

	@Override
	protected void changed(Event event) {
		if (event instanceof Event.EntryChanged changed) {
			String path = TreeMessages.path(changed.key());
			// Decoded by the listener's own executor: codecs are code of users.
			feed().publish((listener) -> listener.concerns(path),
					(concerned) -> concerned.listener.onEvent(toEvent(path, changed)));
		}
	}

	private TreeEvent<V> toEvent(String path, Event.EntryChanged changed) {
		TreeEvent.Type type = switch (changed.kind()) {
			case Event.EntryChanged.WRITTEN -> (changed.old() != null) ? TreeEvent.Type.UPDATED : TreeEvent.Type.ADDED;
			case Event.EntryChanged.EXPIRED -> TreeEvent.Type.EXPIRED;
			default -> TreeEvent.Type.REMOVED;
		};
		return new TreeEvent<>(name(), type, path, this.operations.values().decode(changed.old()),
				this.operations.values().decode(changed.value()), changed.version());
	}

	@Override
	protected void resync() {
		TreeEvent<V> event = new TreeEvent<>(name(), TreeEvent.Type.RESYNC, null, null, null, 0);
		feed().publish((concerned) -> concerned.listener.onEvent(event));
	}

	/**
	 * A listener and the node it is for.
	 *
	 * @param <V> the type of the values
	 * @param path the path
	 * @param listener the listener
	 */
	record PathListener<V>(String path, TreeListener<V> listener) {

		boolean concerns(String changed) {
			return this.path.equals(TreeMessages.ROOT)
					|| (changed.startsWith(this.path) && (changed.length() == this.path.length()
							|| changed.charAt(this.path.length()) == TreeMessages.SEPARATOR));
		}

	}

}
