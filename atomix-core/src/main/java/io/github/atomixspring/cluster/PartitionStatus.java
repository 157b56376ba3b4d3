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

package io.github.atomixspring.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a node knows of one partition of its cluster, without asking anyone.
 *
 * @param partition the number of the partition, from 0
 * @param role the role of the node in its consensus
 * @param leader the node id of its leader, or null if none is known
 * @param term the term
 * @param lastIndex the index of the last log entry
 * @param commitIndex the index of the last committed entry
 * @param appliedIndex the index of the last applied entry
 * @param snapshotIndex the index of the last snapshot, or -1
 * @param digest the last computed digest of its state, or null
 * @since 0.1.0
 */
public record PartitionStatus(int partition, Role role, @Nullable String leader, long term, long lastIndex,
		long commitIndex, long appliedIndex, long snapshotIndex, @Nullable StateDigest digest) {

}
