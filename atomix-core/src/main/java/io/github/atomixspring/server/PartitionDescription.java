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

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StateDigest;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself in a partition.
 *
 * @param partition the number of the partition
 * @param role the name of its {@link Role}
 * @param leader the id of the leading node, or null
 * @param term the term
 * @param lastIndex the index of the last log entry
 * @param commitIndex the index of the last committed entry
 * @param appliedIndex the index of the last applied entry
 * @param snapshotIndex the index of the last snapshot, or -1
 * @param digestIndex the index of the last digest
 * @param digest the last digest, or null
 */
@JsonFormat(shape = Shape.ARRAY)
record PartitionDescription(int partition, String role, @Nullable String leader, long term, long lastIndex,
		long commitIndex, long appliedIndex, long snapshotIndex, long digestIndex, @Nullable String digest) {

	/**
	 * Checks what must be there: the answer may come from anyone.
	 */
	PartitionDescription {
		Objects.requireNonNull(role, "role");
	}

	/**
	 * Returns the description of a status.
	 * @param status the status
	 * @return the description
	 */
	static PartitionDescription of(PartitionStatus status) {
		StateDigest digest = status.digest();
		return new PartitionDescription(status.partition(), status.role().name(), status.leader(), status.term(),
				status.lastIndex(), status.commitIndex(), status.appliedIndex(), status.snapshotIndex(),
				(digest != null) ? digest.index() : -1, (digest != null) ? digest.value() : null);
	}

	/**
	 * Returns the status.
	 * @return the status
	 */
	PartitionStatus toStatus() {
		return new PartitionStatus(this.partition, NodeDescription.find(Role.values(), this.role, Role.NONE),
				this.leader, this.term, this.lastIndex, this.commitIndex, this.appliedIndex, this.snapshotIndex,
				(this.digest != null) ? new StateDigest(this.digestIndex, this.digest) : null);
	}

}
