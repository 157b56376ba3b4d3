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

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A replicated tree of nodes, each with a name, a version and perhaps a value, for small
 * data: configuration, for instance.
 * <p>
 * A path begins with {@code /} and has a name for each node on the way, as in
 * {@code /servers/a/port}; a name is not empty and has no {@code /}, and a path has at
 * most 1024 characters. The root {@code /} is there always; it has children and no value.
 * Every other node has a parent. Any other path makes an
 * {@code IllegalArgumentException}.
 * <p>
 * A node may have a time to live. When it has run out the node is removed as soon as it
 * has no children; until then it stays as it is. A write without one ends it.
 * <p>
 * Single operations are linearizable. Values are compared by their encoded bytes.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface DistributedTree<V> extends DistributedPrimitive {

	/**
	 * Returns a node.
	 * @param path the path of the node
	 * @return the node, or empty if there is none
	 */
	Optional<TreeNode<V>> get(String path);

	/**
	 * Returns a node with an explicit consistency.
	 * @param path the path of the node
	 * @param consistency how fresh the read is
	 * @return the node, or empty if there is none
	 */
	Optional<TreeNode<V>> get(String path, ReadConsistency consistency);

	/**
	 * Returns the children of a node by their names, in the order of the bytes of the
	 * names. More than about 1 MiB is read in parts, which need not be of one moment.
	 * @param path the path of the node, or of the root
	 * @return the children
	 * @throws NoSuchPathException if there is no such node
	 */
	Map<String, TreeNode<V>> getChildren(String path);

	/**
	 * Returns the children of a node with an explicit consistency.
	 * @param path the path of the node, or of the root
	 * @param consistency how fresh the read is
	 * @return the children
	 * @throws NoSuchPathException if there is no such node
	 */
	Map<String, TreeNode<V>> getChildren(String path, ReadConsistency consistency);

	/**
	 * Creates a node if there is none.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return whether it was created; false if there is one already
	 * @throws NoSuchPathException if its parent is missing
	 */
	boolean create(String path, @Nullable V value);

	/**
	 * Creates a node if there is none, which is removed after the given time.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was created; false if there is one already
	 * @throws NoSuchPathException if its parent is missing
	 */
	boolean create(String path, @Nullable V value, Duration timeToLive);

	/**
	 * Creates a node if there is none, and those of its ancestors that are missing,
	 * without values.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return whether it was created; false if there is one already
	 */
	boolean createRecursive(String path, @Nullable V value);

	/**
	 * Creates a node if there is none, which is removed after the given time, and those
	 * of its ancestors that are missing, without values and for ever.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was created; false if there is one already
	 */
	boolean createRecursive(String path, @Nullable V value, Duration timeToLive);

	/**
	 * Sets the value of a node, which is created if there is none.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @return the node as it was before, or empty if there was none
	 * @throws NoSuchPathException if its parent is missing
	 */
	Optional<TreeNode<V>> set(String path, @Nullable V value);

	/**
	 * Sets the value of a node, which is created if there is none and removed after the
	 * given time.
	 * @param path the path of the node
	 * @param value the value, or null for none
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return the node as it was before, or empty if there was none
	 * @throws NoSuchPathException if its parent is missing
	 */
	Optional<TreeNode<V>> set(String path, @Nullable V value, Duration timeToLive);

	/**
	 * Replaces the value of a node if it is the expected one.
	 * @param path the path of the node
	 * @param oldValue the expected value, or null for none
	 * @param newValue the new value, or null for none
	 * @return whether it was replaced
	 */
	boolean replace(String path, @Nullable V oldValue, @Nullable V newValue);

	/**
	 * Replaces the value of a node if it is the expected one; the node is removed after
	 * the given time.
	 * @param path the path of the node
	 * @param oldValue the expected value, or null for none
	 * @param newValue the new value, or null for none
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was replaced
	 */
	boolean replace(String path, @Nullable V oldValue, @Nullable V newValue, Duration timeToLive);

	/**
	 * Replaces the value of a node if it has the given version.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @param newValue the new value, or null for none
	 * @return whether it was replaced
	 */
	boolean replaceIfVersion(String path, long version, @Nullable V newValue);

	/**
	 * Replaces the value of a node if it has the given version; the node is removed after
	 * the given time.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @param newValue the new value, or null for none
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was replaced
	 */
	boolean replaceIfVersion(String path, long version, @Nullable V newValue, Duration timeToLive);

	/**
	 * Removes a node that has no children.
	 * @param path the path of the node
	 * @return the node that was removed, or empty if there was none
	 * @throws NodeHasChildrenException if it has children
	 */
	Optional<TreeNode<V>> remove(String path);

	/**
	 * Removes a node if it has the given version and no children.
	 * @param path the path of the node
	 * @param version the expected version, positive
	 * @return whether it was removed
	 * @throws NodeHasChildrenException if it has children
	 */
	boolean removeIfVersion(String path, long version);

	/**
	 * Adds a listener for the events of all nodes. It comes back by itself in a new
	 * session, and is told by {@link TreeEvent.Type#RESYNC} whenever events may have been
	 * missed: then, after an overflow and when the tree was destroyed. An event that
	 * cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(TreeListener<V> listener);

	/**
	 * Adds a listener for the events of a node and of all that is below it, and for
	 * {@link TreeEvent.Type#RESYNC}. The node need not be there.
	 * @param path the path of the node, or of the root
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 * @see #addListener(TreeListener)
	 */
	Registration addListener(String path, TreeListener<V> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedTree<V> async();

}
