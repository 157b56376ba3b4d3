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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import io.github.atomixspring.protocol.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Asks the leader of a partition for an index that has all what was answered until now,
 * or to append a piece of a backup.
 *
 * @param version the version of the protocol
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster
 * @param partition the number of the partition
 * @param piece the piece; null to ask for the index
 */
@JsonFormat(shape = Shape.ARRAY)
record BackupRequest(int version, String cluster, String clusterId, int partition, LogEntry.@Nullable Restore piece) {

	/**
	 * Checks the texts: they may come from anyone.
	 */
	BackupRequest {
		DescribeRequest.checkText(cluster);
		DescribeRequest.checkText(clusterId);
	}

}
