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

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.TreeEvent.Type;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link TreeProxy}.
 */
class TreeProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedTree<String> tree = create(this.session, Codecs.strings());

	private final DistributedTree<String> other = create(this.otherSession, Codecs.strings());

	private final List<TreeEvent<String>> events = new CopyOnWriteArrayList<>();

	private static <V> DistributedTree<V> create(FakeSession node, Codec<V> codec) {
		return Maps.createTree(node, "t", TreeOptions.of(codec), () -> {
		});
	}

	@Test
	void nodesAreCreatedBelowTheirParents() {
		assertThat(this.tree.create("/a", "1")).isTrue();
		assertThat(this.tree.create("/a", "2")).isFalse();
		assertThat(this.tree.create("/a/b", null)).isTrue();
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> this.tree.create("/x/y", "1"))
			.withMessageContaining("/x/y");
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> this.tree.set("/x/y", "1"));
		assertThat(this.tree.createRecursive("/x/y/z", "")).isTrue();
		assertThat(this.tree.createRecursive("/x/y", "")).isFalse();
		TreeNode<String> node = this.other.get("/x/y/z").orElseThrow();
		assertThat(node.value()).isEmpty();
		assertThat(node.name()).isEqualTo("z");
		assertThat(node.version()).isPositive();
		assertThat(this.other.get("/x/y", ReadConsistency.SEQUENTIAL).orElseThrow().value()).isNull();
		assertThat(this.other.get("/a").orElseThrow().value()).isEqualTo("1");
		assertThat(this.other.get("/b")).isEmpty();
		assertThat(this.other.getChildren("/")).containsOnlyKeys("a", "x");
		assertThat(this.other.getChildren("/a").values()).extracting(TreeNode::path).containsExactly("/a/b");
		assertThat(this.other.getChildren("/a/b")).isEmpty();
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> this.other.getChildren("/b"));
	}

	@Test
	void valuesAreReplacedByValueAndByVersion() {
		assertThat(this.tree.set("/a", "1")).isEmpty();
		assertThat(this.tree.set("/a", "2").map(TreeNode::value)).contains("1");
		assertThat(this.tree.replace("/a", "1", "3")).isFalse();
		assertThat(this.tree.replace("/a", "2", null)).isTrue();
		assertThat(this.tree.replace("/a", null, "4")).isTrue();
		assertThat(this.tree.replace("/none/a", "1", "2")).isFalse();
		long version = this.tree.get("/a").orElseThrow().version();
		assertThat(this.tree.replaceIfVersion("/a", version, "5")).isTrue();
		assertThat(this.tree.replaceIfVersion("/a", version, "6")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> this.tree.replaceIfVersion("/a", 0, "6"));
		assertThat(this.other.get("/a").map(TreeNode::value)).contains("5");
	}

	@Test
	void nodeWithChildrenIsNotRemoved() {
		this.tree.createRecursive("/a/b", "1");
		assertThatExceptionOfType(NodeHasChildrenException.class).isThrownBy(() -> this.tree.remove("/a"))
			.withMessageContaining("/a");
		long version = this.tree.get("/a/b").orElseThrow().version();
		assertThat(this.tree.removeIfVersion("/a/b", version + 1)).isFalse();
		assertThat(this.tree.removeIfVersion("/a/b", version)).isTrue();
		assertThat(this.tree.remove("/a").map(TreeNode::path)).contains("/a");
		assertThat(this.tree.remove("/a")).isEmpty();
		assertThat(this.tree.getChildren("/")).isEmpty();
	}

	@Test
	void manyChildrenAreReadInPages() {
		for (int i = 0; i < 1200; i++) {
			this.tree.set("/n" + i, "v" + i);
			if (i % 100 == 0) {
				this.tree.set("/n" + i + "/below", "x");
			}
		}
		Map<String, TreeNode<String>> children = this.other.getChildren("/");
		assertThat(children).hasSize(1200);
		children.forEach((name, node) -> assertThat("v" + name.substring(1)).isEqualTo(node.value()));
		assertThat(this.otherSession.queried()).hasSizeGreaterThan(2);
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedTree<String> async = this.tree.async();
		assertThat(async.create("/a", "1").join()).isTrue();
		assertThat(async.createRecursive("/b/c", "1").join()).isTrue();
		assertThat(async.set("/a", "2").join().map(TreeNode::value)).contains("1");
		assertThat(async.replace("/a", "2", "3").join()).isTrue();
		TreeNode<String> node = async.get("/a").join().orElseThrow();
		assertThat(async.get("/a", ReadConsistency.SEQUENTIAL).join()).contains(node);
		assertThat(async.replaceIfVersion("/a", node.version(), "4").join()).isTrue();
		assertThat(async.getChildren("/").join()).containsOnlyKeys("a", "b");
		assertThat(async.removeIfVersion("/a", node.version()).join()).isFalse();
		assertThat(async.remove("/a").join()).isPresent();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> async.remove("/b").join())
			.withCauseInstanceOf(NodeHasChildrenException.class);
		Registration registration = async.addListener(this.events::add).join();
		async.addListener("/b", this.events::add).join();
		async.set("/a", "5").join();
		registration.close();
		async.set("/b/c", "6").join();
		assertThat(this.events).extracting(TreeEvent::path).containsExactly("/a", "/b/c");
	}

	@Test
	void changesAreEventsOfTheirPaths() {
		List<String> below = new CopyOnWriteArrayList<>();
		this.tree.addListener(this.events::add);
		Registration registration = this.tree.addListener("/a/b",
				(event) -> below.add(event.type() + " " + event.path()));
		this.other.createRecursive("/a/b/c", "1");
		this.other.set("/a/bb", "1");
		this.other.set("/a/b/c", "2");
		this.other.remove("/a/b/c");
		this.session.resync();
		registration.close();
		this.other.set("/a/b", "3");
		assertThat(below).containsExactly("ADDED /a/b", "ADDED /a/b/c", "UPDATED /a/b/c", "REMOVED /a/b/c",
				"RESYNC null");
		assertThat(this.events).extracting(TreeEvent::type)
			.containsExactly(Type.ADDED, Type.ADDED, Type.ADDED, Type.ADDED, Type.UPDATED, Type.REMOVED, Type.RESYNC,
					Type.UPDATED);
		TreeEvent<String> updated = this.events.get(4);
		assertThat(updated.oldValue()).isEqualTo("1");
		assertThat(updated.newValue()).isEqualTo("2");
		assertThat(updated.name()).isEqualTo("t");
		assertThat(updated.version()).isGreaterThan(this.events.get(3).version());
		assertThat(this.events.get(7).oldValue()).isNull();
	}

	@Test
	void listenersComeBackAndAreTold() {
		this.tree.addListener("/a", this.events::add);
		this.session.expire();
		this.session.connect();
		this.other.set("/a", "1");
		this.tree.destroy();
		this.other.set("/a", "2");
		assertThat(this.events).extracting(TreeEvent::type)
			.containsExactly(Type.RESYNC, Type.ADDED, Type.RESYNC, Type.ADDED);
	}

	@Test
	void valueThatCannotBeDecodedFailsItsOwnOperationOnly() {
		DistributedTree<Integer> numbers = create(this.cluster.connect("n3"), Codecs.ints());
		this.tree.set("/a", "a long text");
		this.tree.set("/b", "");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> numbers.get("/a"))
			.withMessageContaining("'t'");
		assertThat(numbers.set("/c", 1)).isEqualTo(Optional.empty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "a", "/a/", "//a", "/a//b", "/\ud83d" })
	void whatIsNoPathIsRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tree.set(path, "1"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.tree.get(path));
		assertThatIllegalArgumentException().isThrownBy(() -> this.tree.remove(path));
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullsAndLongPathsAndUseAfterCloseAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> this.tree.get(null)).withMessageContaining("path");
		assertThatNullPointerException().isThrownBy(() -> this.tree.getChildren(null)).withMessageContaining("path");
		assertThatNullPointerException().isThrownBy(() -> this.tree.addListener(null))
			.withMessageContaining("listener");
		String path = "/" + "x".repeat(TreeMessages.MAX_PATH_LENGTH - 1);
		assertThat(this.tree.create(path, "1")).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> this.tree.create(path + "x", "1"))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(300));
		this.session.loseAnswer(TreeMessages.Update.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.tree.set("/u", "1"));
		assertThat(this.tree.type()).isEqualTo(PrimitiveType.TREE);
		this.tree.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.tree.get("/a"));
	}

	@Test
	void instanceReadsAsItsOptionsSay() {
		DistributedTree<String> sequential = Maps.createTree(this.session, "s",
				TreeOptions.of(Codecs.strings()).withReadConsistency(ReadConsistency.SEQUENTIAL), () -> {
				});
		sequential.get("/a");
		sequential.getChildren("/");
		sequential.async().get("/a").join();
		sequential.async().getChildren("/").join();
		assertThat(this.session.consistencies()).hasSize(4).containsOnly(ReadConsistency.SEQUENTIAL);
		sequential.getChildren("/", ReadConsistency.LINEARIZABLE);
		assertThat(this.session.consistencies()).endsWith(ReadConsistency.LINEARIZABLE);
	}

}
