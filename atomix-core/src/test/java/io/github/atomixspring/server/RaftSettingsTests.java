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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RaftSettings}: reads the values as Ratis does.
 */
class RaftSettingsTests {

	private static final int MIB = 1 << 20;

	private final ServerConfig config = ServerConfig.of("c", "n1", List.of(new Member("n1", "127.0.0.1", 5001)),
			Path.of("data"));

	private final RaftProperties properties = RaftSettings.of(this.config);

	@Test
	void storageIsTheDirectoryOfTheMember() {
		assertThat(RaftServerConfigKeys.storageDir(this.properties))
			.containsExactly(Path.of("data", "raft").toAbsolutePath().toFile());
		assertThat(RaftServerConfigKeys.removedGroupsDir(this.properties))
			.isEqualTo(Path.of("data", "removed").toAbsolutePath().toFile());
		assertThat(RaftServerConfigKeys.storageFreeSpaceMin(this.properties).getSize()).isEqualTo(4 * MIB);
		assertThat(RaftServerConfigKeys.Log.corruptionPolicy(this.properties))
			.isEqualTo(RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
	}

	@Test
	void serverBindsToTheConfiguredHost() {
		assertThat(GrpcConfigKeys.Server.host(this.properties)).isEqualTo("127.0.0.1");
		assertThat(GrpcConfigKeys.Server.port(this.properties)).isEqualTo(5001);
		assertThat(GrpcConfigKeys.Client.port(this.properties)).isEqualTo(5001);
		assertThat(GrpcConfigKeys.Admin.port(this.properties)).isEqualTo(5001);
		assertThat(RaftConfigKeys.Rpc.type(this.properties, (text) -> {
		}).name()).isEqualTo("GRPC");
	}

	@Test
	void timeoutsAreDerivedFromTheElectionTimeout() {
		RaftProperties slow = RaftSettings.of(this.config.withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(3)));
		assertMillis(RaftServerConfigKeys.Rpc.timeoutMin(slow), 3000);
		assertMillis(RaftServerConfigKeys.Rpc.timeoutMax(slow), 6000);
		assertMillis(RaftServerConfigKeys.LeaderElection.leaderStepDownWaitTime(slow), 6000);
		assertMillis(RaftServerConfigKeys.Rpc.requestTimeout(slow), 6000);
		assertMillis(RaftServerConfigKeys.Rpc.timeoutMin(this.properties), 1000);
		assertMillis(RaftServerConfigKeys.Rpc.timeoutMax(this.properties), 2000);
		assertMillis(RaftServerConfigKeys.Rpc.requestTimeout(this.properties), 3000);
		assertMillis(RaftServerConfigKeys.Rpc.firstElectionTimeoutMin(this.properties), 150);
		assertMillis(RaftServerConfigKeys.Rpc.firstElectionTimeoutMax(this.properties), 300);
		assertMillis(RaftServerConfigKeys.closeThreshold(this.properties), TimeUnit.DAYS.toMillis(1));
		assertMillis(RaftServerConfigKeys.Rpc.slownessTimeout(this.properties), 10_000);
		assertMillis(RaftServerConfigKeys.Notification.noLeaderTimeout(this.properties), 10_000);
		assertThat(RaftServerConfigKeys.LeaderElection.preVote(this.properties)).isTrue();
		assertThat(RaftServerConfigKeys.LeaderElection.memberMajorityAdd(this.properties)).isFalse();
	}

	@Test
	void logIsForcedAndPurged() {
		assertThat(RaftServerConfigKeys.Log.useMemory(this.properties)).isFalse();
		assertThat(RaftServerConfigKeys.Log.unsafeFlushEnabled(this.properties)).isFalse();
		assertThat(RaftServerConfigKeys.Log.asyncFlushEnabled(this.properties)).isFalse();
		assertThat(RaftServerConfigKeys.Log.logMetadataEnabled(this.properties)).isFalse();
		assertThat(RaftServerConfigKeys.Log.forceSyncNum(this.properties)).isEqualTo(128);
		assertThat(RaftServerConfigKeys.Log.segmentSizeMax(this.properties).getSize()).isEqualTo(8 * MIB);
		assertThat(RaftServerConfigKeys.Log.preallocatedSize(this.properties).getSize()).isEqualTo(MIB);
		assertThat(RaftServerConfigKeys.Log.segmentCacheNumMax(this.properties)).isEqualTo(2);
		assertThat(RaftServerConfigKeys.Log.segmentCacheSizeMax(this.properties).getSize()).isEqualTo(16 * MIB);
		assertThat(RaftServerConfigKeys.Log.purgeUptoSnapshotIndex(this.properties)).isTrue();
		assertThat(RaftServerConfigKeys.Log.purgePreservationLogNum(this.properties)).isEqualTo(20_000);
		assertThat(RaftServerConfigKeys.Log.purgeGap(this.properties)).isEqualTo(1024);
		assertThat(RaftServerConfigKeys.Log.Appender.installSnapshotEnabled(this.properties)).isTrue();
		assertThat(RaftServerConfigKeys.Log.Appender.retryPolicy(this.properties)).endsWith("500ms,2147483647");
	}

	@Test
	void limitsFitTogether() {
		long entry = RaftServerConfigKeys.Log.Appender.bufferByteLimit(this.properties).getSize();
		assertThat(entry).isEqualTo(4 * MIB);
		assertThat(RaftServerConfigKeys.Log.writeBufferSize(this.properties).getSize())
			.isGreaterThanOrEqualTo(entry + 8);
		assertThat((long) GrpcConfigKeys.messageSizeMax(this.properties, (text) -> {
		}).getSize()).isGreaterThanOrEqualTo(entry + MIB);
		assertThat(RaftServerConfigKeys.Log.Appender.snapshotChunkSizeMax(this.properties).getSize()).isEqualTo(MIB);
		assertThat(RaftServerConfigKeys.Log.queueByteLimit(this.properties).getSize()).isEqualTo(16 * MIB);
		assertThat(RaftServerConfigKeys.Write.byteLimit(this.properties).getSize()).isEqualTo(16 * MIB);
		assertThat(RaftServerConfigKeys.Write.elementLimit(this.properties)).isEqualTo(4096);
		assertMillis(RaftServerConfigKeys.RetryCache.expiryTime(this.properties), 15_000);
	}

	@Test
	void snapshotsAreTakenAndTwoAreKept() {
		assertThat(RaftServerConfigKeys.Snapshot.autoTriggerEnabled(this.properties)).isTrue();
		assertThat(RaftServerConfigKeys.Snapshot.autoTriggerThreshold(this.properties)).isEqualTo(100_000);
		assertThat(RaftServerConfigKeys.Snapshot.retentionFileNum(this.properties)).isEqualTo(2);
		assertThat(RaftServerConfigKeys.Snapshot.triggerWhenStopEnabled(this.properties)).isFalse();
	}

	@Test
	void readsAreNeverStaleByDefault() {
		assertThat(RaftServerConfigKeys.Read.option(this.properties))
			.isEqualTo(RaftServerConfigKeys.Read.Option.LINEARIZABLE);
		assertThat(RaftServerConfigKeys.Read.leaderLeaseEnabled(this.properties)).isFalse();
	}

	@Test
	void passedThroughSettingsWin() {
		RaftProperties changed = RaftSettings
			.of(this.config.withRaftProperties(Map.of("raft.server.log.force.sync.num", "7")));
		assertThat(RaftServerConfigKeys.Log.forceSyncNum(changed)).isEqualTo(7);
	}

	@Test
	void metricsAreProvidedByThisLibrary() {
		assertThat(MetricRegistries.global()).isInstanceOf(RaftMetricRegistries.class);
	}

	private static void assertMillis(TimeDuration duration, long millis) {
		assertThat(duration.toLong(TimeUnit.MILLISECONDS)).isEqualTo(millis);
	}

}
