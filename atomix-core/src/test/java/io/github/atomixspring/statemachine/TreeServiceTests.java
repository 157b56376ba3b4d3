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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.protocol.TreeMessages.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TreeService}.
 */
class TreeServiceTests {

	private static final PrimitiveId TREE = PrimitiveId.of(PrimitiveType.TREE, "config");

	/**
	 * Names that are sorted before, at and after the separator, and longer ones.
	 */
	private static final String[] NAMES = { "a", "a!", "a0", "b", "\u00e9\ud83d\ude00" };

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	private static String path(Random random) {
		StringBuilder path = new StringBuilder();
		for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
			path.append('/').append(NAMES[random.nextInt(NAMES.length)]);
		}
		return path.toString();
	}

	private static String parent(String path) {
		return path.substring(0, path.lastIndexOf('/'));
	}

	private Outcome update(String path, int value, Condition condition, boolean recursive) {
		return (Outcome) this.log.submit(this.session,
				new TreeMessages.Update(TREE, path, new byte[] { (byte) value }, condition, recursive));
	}

	private Outcome remove(String path, Condition condition) {
		return (Outcome) this.log.submit(this.session, new TreeMessages.Remove(TREE, path, condition));
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(37);
		TreeMap<String, Integer> model = new TreeMap<>();
		TreeMap<String, Long> versions = new TreeMap<>();
		this.log.submit(this.session, new Command.Listen(TREE));
		int[] statuses = new int[4];
		for (int i = 0; i < 100_000; i++) {
			String path = path(random);
			Integer present = model.get(path);
			boolean hasParent = parent(path).isEmpty() || model.containsKey(parent(path));
			List<String> changed = new ArrayList<>();
			int value = 1 + random.nextInt(3);
			Condition condition = switch (random.nextInt(6)) {
				case 0 -> Condition.absent();
				case 1 -> Condition.value(new byte[] { (byte) (1 + random.nextInt(3)) });
				case 2 -> Condition.version(versions.getOrDefault(path, 0L));
				case 3 -> Condition.present();
				default -> Condition.always();
			};
			boolean holds = switch (condition.kind()) {
				case Condition.ABSENT -> present == null;
				case Condition.PRESENT -> present != null;
				case Condition.VALUE ->
					present != null && Arrays.equals(Objects.requireNonNull(condition.value()), bytes(present));
				default -> true;
			};
			Outcome outcome;
			int expected;
			if (random.nextInt(5) < 2) {
				boolean recursive = random.nextInt(4) == 0;
				outcome = update(path, value, condition, recursive);
				expected = writing(holds, hasParent || recursive);
				if (expected == Outcome.DONE) {
					for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
						if (model.putIfAbsent(path.substring(0, end), 0) == null) {
							changed.add("+" + path.substring(0, end));
						}
					}
					model.put(path, value);
					changed.add("+" + path);
				}
			}
			else {
				boolean children = model.keySet().stream().anyMatch((other) -> other.startsWith(path + "/"));
				outcome = remove(path, condition);
				expected = removal(present != null, children, holds);
				if (expected == Outcome.DONE) {
					model.remove(path);
					versions.remove(path);
					changed.add("-" + path);
				}
			}
			assertThat(outcome.status()).isEqualTo(expected);
			statuses[expected]++;
			if (expected != Outcome.NO_PARENT) {
				assertThat(outcome.old()).isEqualTo((present != null) ? bytes(present) : null);
			}
			assertThat(changes(versions)).isEqualTo(changed);
			if (i % 100 == 0) {
				assertChildren(model, random.nextBoolean() ? path(random) : "");
			}
			if (i % 1000 == 0) {
				this.log.restart();
			}
		}
		assertThat(Arrays.stream(statuses).boxed()).allMatch((count) -> count > 500);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private static int writing(boolean holds, boolean hasParent) {
		if (!holds) {
			return Outcome.NOT_MET;
		}
		return hasParent ? Outcome.DONE : Outcome.NO_PARENT;
	}

	private static int removal(boolean exists, boolean hasChildren, boolean holds) {
		if (exists && hasChildren) {
			return Outcome.HAS_CHILDREN;
		}
		return (exists && holds) ? Outcome.DONE : Outcome.NOT_MET;
	}

	private static byte[] bytes(int value) {
		return (value != 0) ? new byte[] { (byte) value } : new byte[0];
	}

	/**
	 * Returns the changes that events told since the last call.
	 */
	private List<String> changes(TreeMap<String, Long> versions) {
		return this.log.events(this.session).stream().map((event) -> {
			Event.EntryChanged changed = (Event.EntryChanged) event;
			String path = TreeMessages.path(changed.key());
			if (changed.value() != null) {
				versions.put(path, changed.version());
			}
			return ((changed.value() != null) ? "+" : "-") + path;
		}).toList();
	}

	private void assertChildren(TreeMap<String, Integer> model, String path) {
		List<String> expected = model.keySet()
			.stream()
			.filter((other) -> parent(other).equals(path))
			.sorted((one, other) -> Arrays.compareUnsigned(TreeMessages.key(one), TreeMessages.key(other)))
			.toList();
		List<String> found = new ArrayList<>();
		String after = null;
		TreeMessages.Listing listing = children(path, after);
		assertThat(listing.exists()).isEqualTo(path.isEmpty() || model.containsKey(path));
		while (!listing.children().isEmpty()) {
			listing.children().forEach((child) -> found.add(TreeMessages.path(child.key())));
			after = found.get(found.size() - 1).substring(path.length() + 1);
			listing = children(path, after);
		}
		assertThat(found).isEqualTo(expected);
	}

	private TreeMessages.Listing children(String path, @Nullable String after) {
		return (TreeMessages.Listing) this.log.state()
			.read(new TreeMessages.Children(TREE, path.isEmpty() ? "/" : path, after, 2));
	}

	@Test
	void ancestorsAreMadeOnlyIfTheNodeIs() {
		assertThat(update("/a/b/c", 1, Condition.present(), true).status()).isEqualTo(Outcome.NOT_MET);
		assertThat(this.log.submit(this.session,
				new TreeMessages.Update(TREE, "/a/b/c", new byte[0], new Condition(99, null, 0), true)))
			.isInstanceOf(Result.Failure.class);
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(update("/a/b/c", 1, Condition.absent(), true).status()).isEqualTo(Outcome.DONE);
		Result.Entries ancestor = (Result.Entries) this.log.state().read(new TreeMessages.Get(TREE, "/a/b"));
		assertThat(ancestor.entries()).singleElement().satisfies((entry) -> assertThat(entry.value()).isEmpty());
	}

	@Test
	void listingEndsAtALimitOfBytes() {
		for (int i = 0; i < 10; i++) {
			this.log.submit(this.session,
					new TreeMessages.Update(TREE, "/n" + i, new byte[400_000], Condition.always(), false));
		}
		assertThat(((TreeMessages.Listing) this.log.state().read(new TreeMessages.Children(TREE, "/", null, 100)))
			.children()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "a", "a/b", "/a/", "//a", "/a//b" })
	void whatIsNoPathIsRefused(String path) {
		assertIllegal(new TreeMessages.Update(TREE, path, new byte[0], Condition.always(), true));
		assertIllegal(new TreeMessages.Remove(TREE, path, Condition.always()));
		assertThat(((Result.Entries) this.log.state().read(new TreeMessages.Get(TREE, path))).entries()).isEmpty();
	}

	@Test
	void pathThatIsTooLongAndMisfitsAreRefused() {
		assertIllegal(new TreeMessages.Update(TREE, "/" + "x".repeat(TreeMessages.MAX_PATH_LENGTH), new byte[0],
				Condition.always(), true));
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, "config");
		assertIllegal(new TreeMessages.Update(map, "/a", new byte[0], Condition.always(), true));
		assertIllegal(new TreeMessages.Remove(map, "/a", Condition.always()));
		assertThat(this.log.state().read(new TreeMessages.Get(map, "/a"))).isInstanceOf(Result.Failure.class);
		assertThat(this.log.state().read(new TreeMessages.Children(map, "/a", null, 1)))
			.isInstanceOf(Result.Failure.class);
	}

	private void assertIllegal(Command command) {
		assertThat(this.log.submit(this.session, command)).isInstanceOfSatisfying(Result.Failure.class,
				(failure) -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL.code()));
	}

}
