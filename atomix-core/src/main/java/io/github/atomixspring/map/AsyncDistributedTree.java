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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedTree}, with the same operations under the
 * same names.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface AsyncDistributedTree<V> {

	/**
	 * See {@link DistributedTree#get(String)}.
	 * @param path the path of the node
	 * @return the node, or empty if there is none
	 */
	CompletableFuture<Optional<TreeNode<V>>> get(String path);

	/**
	 * See {@link DistributedTree#get(String, ReadConsistency)}.
	 * @param path the path of the node
	 * @param consistency how fresh the read is
	 * @return the node, or empty if there is none
	 */
	CompletableFuture<Optional<TreeNode<V>>> get(String path, ReadConsistency consistency);

	/**
	 * See {@link DistributedTree#getChildren(String)}.
	 * @param path the path of the node, or of the root
	 * @return the children
	 */
	CompletableFuture<Map<String, TreeNode<V>>> getChildren(String path);

	/**
	 * See {@link DistributedTree#getChildren(String, ReadConsistency)}.
	 * @param path the path of the node, or of the root
	 * @param consistency how fresh the read is
	 * @return the children
	 */
	CompletableFuture<Map<String, TreeNode<V>>> getChildren(String path, ReadConsistency consistency);

	/**
	 * See {@link DistributedTree#create(String, Object)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return whether it was created; false if there is one already
	 */
	CompletableFuture<Boolean> create(String path, @Nullable V value);

	/**
	 * See {@link DistributedTree#create(String, Object, Duration)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive
	 * @return whether it was created; false if there is one already
	 */
	CompletableFuture<Boolean> create(String path, @Nullable V value, Duration timeToLive);

	/**
	 * See {@link DistributedTree#createRecursive(String, Object)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return whether it was created; false if there is one already
	 */
	CompletableFuture<Boolean> createRecursive(String path, @Nullable V value);

	/**
	 * See {@link DistributedTree#createRecursive(String, Object, Duration)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive
	 * @return whether it was created; false if there is one already
	 */
	CompletableFuture<Boolean> createRecursive(String path, @Nullable V value, Duration timeToLive);

	/**
	 * See {@link DistributedTree#set(String, Object)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return the node as it was before, or empty if there was none
	 */
	CompletableFuture<Optional<TreeNode<V>>> set(String path, @Nullable V value);

	/**
	 * See {@link DistributedTree#set(String, Object, Duration)}.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive
	 * @return the node as it was before, or empty if there was none
	 */
	CompletableFuture<Optional<TreeNode<V>>> set(String path, @Nullable V value, Duration timeToLive);

	/**
	 * See {@link DistributedTree#replace(String, Object, Object)}.
	 * @param path the path of the node
	 * @param oldValue the expected value, or null for none
	 * @param newValue the new value, or null for none
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replace(String path, @Nullable V oldValue, @Nullable V newValue);

	/**
	 * See {@link DistributedTree#replace(String, Object, Object, Duration)}.
	 * @param path the path of the node
	 * @param oldValue the expected value, or null for none
	 * @param newValue the new value, or null for none
	 * @param timeToLive the time to live, positive
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replace(String path, @Nullable V oldValue, @Nullable V newValue, Duration timeToLive);

	/**
	 * See {@link DistributedTree#replaceIfVersion(String, long, Object)}.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @param newValue the new value, or null for none
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replaceIfVersion(String path, long version, @Nullable V newValue);

	/**
	 * See {@link DistributedTree#replaceIfVersion(String, long, Object, Duration)}.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @param newValue the new value, or null for none
	 * @param timeToLive the time to live, positive
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replaceIfVersion(String path, long version, @Nullable V newValue, Duration timeToLive);

	/**
	 * See {@link DistributedTree#remove(String)}.
	 * @param path the path of the node
	 * @return the node that was removed, or empty if there was none
	 */
	CompletableFuture<Optional<TreeNode<V>>> remove(String path);

	/**
	 * See {@link DistributedTree#removeIfVersion(String, long)}.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> removeIfVersion(String path, long version);

	/**
	 * See {@link DistributedTree#addListener(TreeListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(TreeListener<V> listener);

	/**
	 * See {@link DistributedTree#addListener(String, TreeListener)}.
	 * @param path the path of the node, or of the root
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(String path, TreeListener<V> listener);

}
