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

package io.github.atomixspring.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.protocol.FeatureLevel;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the leader makes of the room that members have on their disks and in their heaps.
 * Used by one thread.
 * <p>
 * The entries of a cluster are on the disks of a majority. As long as a majority has
 * room, one member without does no harm; a leader without room hands over to one that has
 * some. When those with room are too few, the leader takes no writes: the next one of
 * them that fails would end more than that.
 */
final class SpaceWatch {

	private static final Logger logger = LoggerFactory.getLogger(SpaceWatch.class);

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final long HAND_OVER_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private static final long HAND_OVER_MILLIS = 3000;

	private final Headroom headroom;

	private final MemberView view;

	private final Polls polls;

	private final Levels levels;

	private final Every timer = new Every(INTERVAL);

	private final Every handOverTimer = new Every(HAND_OVER_INTERVAL);

	SpaceWatch(Headroom headroom, MemberView view, Polls polls, Levels levels) {
		this.headroom = headroom;
		this.view = view;
		this.polls = polls;
		this.levels = levels;
	}

	/**
	 * Looks at this member, and at the others if it is time for that.
	 * @param node the server, which runs
	 * @param partitions the number of partitions
	 */
	void check(RaftNode node, int partitions) {
		this.headroom.measure();
		if (!this.timer.isDue()) {
			return;
		}
		List<Integer> led = IntStream.range(0, partitions)
			.filter((partition) -> leads(node, partition))
			.boxed()
			.toList();
		RaftServer.Division division = (!led.isEmpty()) ? node.division(led.get(0)) : null;
		if (division == null) {
			this.headroom.others(Admission.ALL);
			return;
		}
		String self = division.getId().toString();
		List<PeerInfo> others = PeerInfo.listOf(division.getRaftConf())
			.stream()
			.filter((peer) -> !peer.listener() && !peer.id().equals(self))
			.toList();
		if (this.headroom.admission().isRestricted()) {
			led.forEach(this::allowRefusals);
		}
		if (!others.isEmpty()) {
			judge(node, led, others, this.polls.poll(this.view.anonymousRequest(), DESCRIBE_TIMEOUT));
		}
	}

	/**
	 * Raises the level of a young cluster so that commands can be refused one by one.
	 * @param partition the number of the partition
	 */
	private void allowRefusals(int partition) {
		this.levels.require(partition, FeatureLevel.REFUSALS).exceptionally((ex) -> {
			logger.debug("Commands cannot be refused one by one in partition {} yet", partition, ex);
			return null;
		});
	}

	private static boolean leads(RaftNode node, int partition) {
		RaftServer.Division division = node.division(partition);
		return division != null && division.getInfo().isLeaderReady();
	}

	private void judge(RaftNode node, List<Integer> led, List<PeerInfo> others, Map<String, NodeDescription> answers) {
		int majority = (others.size() + 1) / 2 + 1;
		List<NodeDescription> roomy = new ArrayList<>();
		List<String> shortages = new ArrayList<>();
		List<String> silent = new ArrayList<>();
		Admission.Level level = Admission.Level.REMOVALS;
		for (PeerInfo peer : others) {
			NodeDescription answer = answers.get(peer.node());
			if (answer == null || !answer.peer().equals(peer.id())) {
				silent.add(peer.node());
			}
			else if (answer.shortages() != null) {
				shortages.add(answer.shortages());
				level = (answer.shortage() != null) ? Admission.Level.RELEASES : level;
			}
			else {
				roomy.add(answer);
			}
		}
		boolean selfRoomy = this.headroom.shortage() == null;
		if (!selfRoomy && roomy.size() >= majority && this.handOverTimer.isDue()) {
			led.forEach((partition) -> handOver(node, partition, roomy));
		}
		boolean tooFew = !shortages.isEmpty() && roomy.size() + (selfRoomy ? 1 : 0) < majority;
		this.headroom.others(tooFew
				? Admission.during(level,
						String.join("; ", shortages) + (silent.isEmpty() ? "" : "; no answer from " + silent))
				: Admission.ALL);
	}

	private void handOver(RaftNode node, int partition, List<NodeDescription> roomy) {
		NodeDescription successor = roomy.stream()
			.max(Comparator.comparingLong((answer) -> answer.lastIndex(partition)))
			.orElseThrow();
		logger.warn("{}: it hands the leadership over to '{}'", this.headroom.shortage(), successor.node());
		node.handOverTo(partition, RaftPeerId.valueOf(successor.peer()), HAND_OVER_MILLIS).exceptionally((ex) -> {
			logger.warn("The leadership could not be handed over to '{}', which is tried again: {}", successor.node(),
					String.valueOf(ex.getMessage()));
			return null;
		});
	}

}
