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
		return update(path, value, 0, condition, recursive);
	}

	private Outcome update(String path, int value, long timeToLive, Condition condition, boolean recursive) {
		return (Outcome) this.log.submit(this.session,
				new TreeMessages.Update(TREE, path, new byte[] { (byte) value }, timeToLive, condition, recursive));
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
		TreeMap<String, Long> deadlines = new TreeMap<>();
		int[] statuses = new int[4];
		int expired = 0;
		int expiredLate = 0;
		for (int i = 0; i < 100_000; i++) {
			String path = path(random);
			List<String> changed = new ArrayList<>();
			if (random.nextInt(20) == 0) {
				this.log.tick(random.nextInt(40));
				List<String> gone = expire(model, versions, deadlines);
				assertThat(changes(versions)).containsExactlyInAnyOrderElementsOf(gone);
				expired += gone.size();
			}
			Integer present = model.get(path);
			boolean hasParent = parent(path).isEmpty() || model.containsKey(parent(path));
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
				int timeToLive = Math.max(0, random.nextInt(200) - 100);
				outcome = update(path, value, timeToLive, condition, recursive);
				expected = writing(holds, hasParent || recursive);
				if (expected == Outcome.DONE) {
					for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
						if (model.putIfAbsent(path.substring(0, end), 0) == null) {
							changed.add("+" + path.substring(0, end));
						}
					}
					model.put(path, value);
					deadlines.remove(path);
					if (timeToLive != 0) {
						deadlines.put(path, this.log.now() + timeToLive);
					}
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
					deadlines.remove(path);
					changed.add("-" + path);
					List<String> gone = expire(model, versions, deadlines);
					expiredLate += gone.size();
					changed.addAll(gone);
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
		assertThat(expired).isGreaterThan(500);
		assertThat(expiredLate).isGreaterThan(50);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	/**
	 * Removes what is over and has no children from the model, until nothing is.
	 */
	private List<String> expire(TreeMap<String, Integer> model, TreeMap<String, Long> versions,
			TreeMap<String, Long> deadlines) {
		List<String> gone = new ArrayList<>();
		for (int before = -1; before != gone.size();) {
			before = gone.size();
			for (String path : List.copyOf(deadlines.keySet())) {
				if (deadlines.get(path) <= this.log.now()
						&& model.keySet().stream().noneMatch((other) -> other.startsWith(path + "/"))) {
					model.remove(path);
					versions.remove(path);
					deadlines.remove(path);
					gone.add("-" + path);
				}
			}
		}
		return gone;
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
	void nodesThatAreOverStayUntilTheirLastChildGoes() {
		this.log.submit(this.session, new Command.Listen(TREE));
		update("/a", 1, 100, Condition.always(), false);
		update("/a/b", 2, 300, Condition.always(), false);
		update("/a/b/c", 3, 200, Condition.always(), false);
		update("/a/b/d", 4, Condition.always(), false);
		this.log.restart();
		this.log.tick(250);
		assertThat(expiries()).containsExactly("/a/b/c");
		assertThat(update("/a/b/e", 5, Condition.absent(), false).status()).isEqualTo(Outcome.DONE);
		this.log.tick(100);
		this.log.restart();
		this.log.tick(0);
		assertThat(expiries()).isEmpty();
		remove("/a/b/d", Condition.always());
		assertThat(expiries()).isEmpty();
		remove("/a/b/e", Condition.always());
		assertThat(expiries()).containsExactly("/a/b", "/a");
		assertThat(this.log.state().read(new TreeMessages.Get(TREE, "/a"))).isEqualTo(new Result.Entries(List.of()));
	}

	@Test
	void writeWithoutATimeToLiveEndsIt() {
		update("/a", 1, 100, Condition.always(), false);
		update("/a", 2, Condition.always(), false);
		update("/b", 1, 100, Condition.always(), false);
		update("/b/c", 1, Condition.always(), false);
		this.log.tick(200);
		update("/b", 2, Condition.always(), false);
		remove("/b/c", Condition.always());
		this.log.tick(200);
		assertThat(children("", null).children()).hasSize(2);
	}

	private List<String> expiries() {
		return this.log.events(this.session)
			.stream()
			.map(Event.EntryChanged.class::cast)
			.filter((changed) -> changed.kind() == Event.EntryChanged.EXPIRED)
			.map((changed) -> TreeMessages.path(changed.key()))
			.toList();
	}

	@Test
	void ancestorsAreMadeOnlyIfTheNodeIs() {
		assertThat(update("/a/b/c", 1, Condition.present(), true).status()).isEqualTo(Outcome.NOT_MET);
		assertThat(this.log.submit(this.session,
				new TreeMessages.Update(TREE, "/a/b/c", new byte[0], 0, new Condition(99, null, 0), true)))
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
					new TreeMessages.Update(TREE, "/n" + i, new byte[400_000], 0, Condition.always(), false));
		}
		assertThat(((TreeMessages.Listing) this.log.state().read(new TreeMessages.Children(TREE, "/", null, 100)))
			.children()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "a", "a/b", "/a/", "//a", "/a//b" })
	void whatIsNoPathIsRefused(String path) {
		assertIllegal(new TreeMessages.Update(TREE, path, new byte[0], 0, Condition.always(), true));
		assertIllegal(new TreeMessages.Remove(TREE, path, Condition.always()));
		assertThat(((Result.Entries) this.log.state().read(new TreeMessages.Get(TREE, path))).entries()).isEmpty();
	}

	@Test
	void pathThatIsTooLongAndMisfitsAreRefused() {
		assertIllegal(new TreeMessages.Update(TREE, "/" + "x".repeat(TreeMessages.MAX_PATH_LENGTH), new byte[0], 0,
				Condition.always(), true));
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, "config");
		assertIllegal(new TreeMessages.Update(map, "/a", new byte[0], 0, Condition.always(), true));
		assertIllegal(new TreeMessages.Remove(map, "/a", Condition.always()));
		assertIllegal(new TreeMessages.Update(TREE, "/a/b", new byte[0], -1, Condition.always(), true));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().read(new TreeMessages.Get(map, "/a"))).isInstanceOf(Result.Failure.class);
		assertThat(this.log.state().read(new TreeMessages.Children(map, "/a", null, 1)))
			.isInstanceOf(Result.Failure.class);
	}

	private void assertIllegal(Command command) {
		assertThat(this.log.submit(this.session, command)).isInstanceOfSatisfying(Result.Failure.class,
				(failure) -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL.code()));
	}

}
