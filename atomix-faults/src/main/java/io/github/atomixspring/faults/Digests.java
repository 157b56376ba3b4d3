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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.faults.host.Host;
import io.github.atomixspring.faults.node.NodeView;
import org.jspecify.annotations.Nullable;

/**
 * Whether all members have the same state in the end.
 *
 * @param equal whether they have
 * @param millis how long after the last heal that was known, or was given up
 * @param text what was seen
 */
record Digests(boolean equal, long millis, String text) {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private static final Duration SPREAD = Duration.ofSeconds(5);

	/**
	 * Lets all members compute digests until all have one of the same index.
	 * @param cluster the cluster
	 * @param healed when the last fault was over
	 * @param slack how many times as long as promised it may take
	 * @return what was seen
	 * @throws IOException if the thread is interrupted
	 */
	static Digests compare(Cluster cluster, long healed, int slack) throws IOException {
		String problem = "";
		while (System.nanoTime() - healed < slack * LIMIT.toNanos()) {
			Optional<Host> leader = cluster.leader();
			if (leader.isEmpty()) {
				problem = "nobody leads";
				Clock.pass(50);
				continue;
			}
			try {
				long index = leader.get().ask("verify", null, ANSWER).asLong();
				List<NodeView> known = awaitKnown(cluster, index);
				if (known != null) {
					return of(known, healed);
				}
				problem = "not all run and have a digest of " + index + ": " + views(cluster);
			}
			catch (IOException ex) {
				problem = String.valueOf(ex.getMessage());
			}
		}
		return new Digests(false, since(healed), problem);
	}

	/**
	 * Returns what all members said at one moment: a little later some have another
	 * digest.
	 */
	private static @Nullable List<NodeView> awaitKnown(Cluster cluster, long index) throws IOException {
		return Clock.awaitValue(SPREAD, () -> {
			List<NodeView> views = views(cluster);
			return isKnown(views, cluster.members().size(), index) ? views : null;
		});
	}

	private static Digests of(List<NodeView> views, long healed) {
		boolean equal = views.stream().map(NodeView::digest).distinct().count() == 1;
		return new Digests(equal, since(healed), "%s at %d"
			.formatted(views.stream().map(NodeView::digest).distinct().toList(), views.get(0).digestIndex()));
	}

	private static List<NodeView> views(Cluster cluster) {
		return cluster.members().stream().map(Host::view).flatMap(Optional::stream).toList();
	}

	/**
	 * Members compute digests now and then by themselves, too: a later one will do.
	 */
	private static boolean isKnown(List<NodeView> views, int members, long index) {
		return views.size() == members && views.stream().allMatch((view) -> view.runs() && view.digestIndex() >= index)
				&& views.stream().map(NodeView::digestIndex).distinct().count() == 1;
	}

	private static long since(long healed) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed);
	}

}
