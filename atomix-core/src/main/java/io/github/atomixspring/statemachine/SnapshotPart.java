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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Setting;

/**
 * A part of a snapshot. The order of the parts is {@link State}, {@link Level}, what was
 * {@linkplain Restored restored}, sessions by id, what is {@linkplain Restoring being
 * restored}, and for each primitive by id a {@link Primitive} followed by the parts of
 * its service.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface SnapshotPart
		permits SnapshotPart.State, SnapshotPart.Session, SnapshotPart.Primitive, SnapshotPart.Level,
		SnapshotPart.Restored, SnapshotPart.Restoring, LockService.Part, ElectionService.Part, Cells.Part,
		LongService.Part, SemaphoreService.Part, IdService.Part, TopicService.Part, TaskService.Part, TaskService.Tasks,
		BusService.Part, BusService.Messages, LatchService.Part, BarrierService.Part, QueueService.Part,
		GroupMembers.Part, GroupMail.QueuePart, GroupMail.MessagePart, GroupRequests.Part, MultimapService.Part {

	/**
	 * The state as a whole.
	 *
	 * @param time the replicated time in milliseconds
	 * @param number the last number of the counter
	 * @param sessionNumber the last session id
	 */
	@JsonTypeName("1")
	record State(long time, long number, long sessionNumber) implements SnapshotPart {

	}

	/**
	 * A session.
	 *
	 * @param id the id
	 * @param token the token of its opening
	 * @param node the name of the node
	 * @param timeout the timeout in milliseconds
	 * @param deadline the replicated time at which it expires
	 * @param sequence the number of the last applied command
	 * @param results the answers kept
	 * @param eventNumber the number of the last event
	 * @param events the events kept
	 */
	@JsonTypeName("2")
	record Session(long id, String token, String node, long timeout, long deadline, long sequence,
			List<NumberedResult> results, long eventNumber, List<NumberedEvent> events) implements SnapshotPart {

	}

	/**
	 * The level of the cluster. Only there above the first one.
	 *
	 * @param level the {@link io.github.atomixspring.protocol.FeatureLevel}
	 */
	@JsonTypeName("111")
	record Level(int level) implements SnapshotPart {

	}

	/**
	 * What is left of a backup that was brought back. Only there if one was.
	 *
	 * @param backup identifies the backup
	 * @param offset how far the replicated time is ahead of the stamps of the entries, in
	 * milliseconds
	 */
	@JsonTypeName("8")
	record Restored(String backup, long offset) implements SnapshotPart {

	}

	/**
	 * A part of a backup that is being brought back.
	 *
	 * @param backup identifies the backup
	 * @param number the number of the part
	 * @param content the parts of a snapshot in it
	 */
	@JsonTypeName("9")
	record Restoring(String backup, int number, List<byte[]> content) implements SnapshotPart {

	}

	/**
	 * The head of a primitive.
	 *
	 * @param id the id
	 * @param explicit whether it was created on purpose
	 * @param settings the configuration
	 * @param listeners the sessions that listen
	 */
	@JsonTypeName("3")
	record Primitive(PrimitiveId id, boolean explicit, List<Setting> settings,
			List<Long> listeners) implements SnapshotPart {

	}

}
