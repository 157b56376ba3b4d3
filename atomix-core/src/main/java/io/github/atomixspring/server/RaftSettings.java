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

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.ratis.conf.RaftProperties;

/**
 * The settings of the Ratis server. Every one that matters is set on purpose, whatever
 * its default is.
 */
final class RaftSettings {

	/**
	 * The subdirectory of the Raft log and the snapshots.
	 */
	static final String RAFT_DIRECTORY = "raft";

	/**
	 * The subdirectory of what was removed.
	 */
	static final String REMOVED_DIRECTORY = "removed";

	private static final long MIN_REQUEST_MILLIS = 3000;

	private RaftSettings() {
	}

	/**
	 * Returns the settings of a member.
	 * @param config the configuration of the member
	 * @return the settings
	 */
	static RaftProperties of(ServerConfig config) {
		RaftProperties properties = new RaftProperties();
		setStorage(properties, config.directory());
		setRpc(properties, config);
		setElection(properties, config.effectiveElectionTimeout());
		setLog(properties);
		setLimits(properties);
		setSnapshots(properties, config.snapshotThreshold());
		config.raftProperties().forEach(properties::set);
		return properties;
	}

	private static void setStorage(RaftProperties properties, Path directory) {
		properties.setFiles("raft.server.storage.dir",
				List.of(directory.resolve(RAFT_DIRECTORY).toAbsolutePath().toFile()));
		File removed = directory.resolve(REMOVED_DIRECTORY).toAbsolutePath().toFile();
		properties.setFile("raft.server.removed.groups.dir", removed);
		properties.set("raft.server.storage.free-space.min", "4MB");
		// A damaged log must stop a voter: with less than all it acknowledged it lies.
		properties.set("raft.server.log.corruption.policy", "EXCEPTION");
	}

	private static void setRpc(RaftProperties properties, ServerConfig config) {
		properties.set("raft.rpc.type", "GRPC");
		properties.set("raft.datastream.type", "DISABLED");
		properties.set("raft.grpc.server.host", config.bindHost());
		properties.set("raft.grpc.server.port", Integer.toString(config.self().port()));
		properties.set("raft.grpc.message.size.max", "8MB");
		properties.set("raft.grpc.server.heartbeat.channel", "true");
		properties.set("raft.grpc.server.leader.outstanding.appends.max", "8");
		properties.set("raft.server.rpc.slowness.timeout", "10s");
	}

	private static void setElection(RaftProperties properties, Duration timeout) {
		String min = timeout.toMillis() + "ms";
		String max = timeout.multipliedBy(2).toMillis() + "ms";
		properties.set("raft.server.rpc.timeout.min", min);
		properties.set("raft.server.rpc.timeout.max", max);
		properties.set("raft.server.rpc.request.timeout",
				Math.max(MIN_REQUEST_MILLIS, timeout.multipliedBy(2).toMillis()) + "ms");
		properties.set("raft.server.rpc.first-election.timeout.min", "150ms");
		properties.set("raft.server.rpc.first-election.timeout.max", "300ms");
		properties.set("raft.server.leaderelection.pre-vote", "true");
		properties.set("raft.server.leaderelection.member.majority-add", "false");
		// Also how long a leader that lost its majority keeps from the next election.
		properties.set("raft.server.leaderelection.leader.step-down.wait-time", max);
		properties.set("raft.server.notification.no-leader.timeout", "10s");
		// By default a pause of a minute (a suspended laptop) closes the server for good.
		properties.set("raft.server.close.threshold", "1d");
		properties.set("raft.server.sleep.deviation.threshold", "300ms");
		properties.set("raft.server.staging.catchup.gap", "1000");
	}

	private static void setLog(RaftProperties properties) {
		properties.set("raft.server.log.use.memory", "false");
		properties.set("raft.server.log.segment.size.max", "8MB");
		properties.set("raft.server.log.preallocated.size", "1MB");
		properties.set("raft.server.log.segment.cache.num.max", "2");
		properties.set("raft.server.log.segment.cache.size.max", "16MB");
		properties.set("raft.server.log.force.sync.num", "128");
		properties.set("raft.server.log.unsafe-flush.enabled", "false");
		properties.set("raft.server.log.async-flush.enabled", "false");
		// An entry after each commit would tell followers of it at once, and cost a
		// second
		// write and twice the latency. They learn of it with the next entry or heartbeat;
		// until then the leader answers what they cannot.
		properties.set("raft.server.log.log-metadata.enabled", "false");
		// A follower would append in a chain of futures: one that fails or is forgotten,
		// as when a snapshot comes in between, would fail or hold up all after it for
		// good.
		properties.set("raft.server.log.append-entries.compose.enabled", "false");
		properties.set("raft.server.log.purge.upto.snapshot.index", "true");
		properties.set("raft.server.log.purge.preservation.log.num", "20000");
		properties.set("raft.server.log.purge.gap", "1024");
		properties.set("raft.server.log.appender.wait-time.min", "1ms");
		properties.set("raft.server.log.appender.install.snapshot.enabled", "true");
		properties.set("raft.server.log.appender.snapshot.chunk.size.max", "1MB");
		// A returning follower is noticed soon; used up counts would mean a busy loop.
		properties.set("raft.server.log.appender.retry.policy", "10ms,10, 100ms,50, 500ms,2147483647");
	}

	private static void setLimits(RaftProperties properties) {
		// Commands have up to 1 MiB, entries several of them; a larger entry than this
		// would make the leader step down.
		properties.set("raft.server.log.appender.buffer.byte-limit", "4MB");
		properties.set("raft.server.log.appender.buffer.element-limit", "0");
		properties.set("raft.server.log.write.buffer.size", "4160KB");
		properties.set("raft.server.log.queue.byte-limit", "16MB");
		properties.set("raft.server.log.queue.element-limit", "4096");
		properties.set("raft.server.write.byte-limit", "16MB");
		properties.set("raft.server.write.element-limit", "4096");
		// Commands are made unique by the sessions; this cache only costs memory.
		properties.set("raft.server.retrycache.expirytime", "15s");
		// Reads do not go through Ratis: its linearizable reads can be stale.
		properties.set("raft.server.read.option", "LINEARIZABLE");
		properties.set("raft.server.read.leader.lease.enabled", "false");
	}

	private static void setSnapshots(RaftProperties properties, long threshold) {
		properties.set("raft.server.snapshot.auto.trigger.enabled", "true");
		properties.set("raft.server.snapshot.auto.trigger.threshold", Long.toString(threshold));
		properties.set("raft.server.snapshot.trigger-when-stop.enabled", "false");
		properties.set("raft.server.snapshot.trigger-when-remove.enabled", "false");
		properties.set("raft.server.snapshot.retention.file.num", "2");
	}

}
