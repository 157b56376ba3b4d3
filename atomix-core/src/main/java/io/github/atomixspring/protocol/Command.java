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

package io.github.atomixspring.protocol;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A command on a primitive. Its answer is a {@link Result}. Durations are milliseconds of
 * replicated time; zero means none.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Command extends Operation {

	/**
	 * Returns the primitive the command is for.
	 * @return the id
	 */
	PrimitiveId target();

	/**
	 * Creates a primitive if it does not exist, and checks its configuration if it does.
	 * Answers {@link Result.Done}.
	 *
	 * @param target the primitive
	 * @param configuration pairs of name and value, sorted by name
	 */
	@JsonTypeName("1")
	record Create(PrimitiveId target, List<Setting> configuration) implements Command {
		public Create {
			Presence.check(target);
			configuration = List.copyOf(configuration);
		}

	}

	/**
	 * Deletes a primitive. Answers {@link Result.Flag}: whether it existed.
	 *
	 * @param target the primitive
	 */
	@JsonTypeName("2")
	record Destroy(PrimitiveId target) implements Command {
		public Destroy {
			Presence.check(target);
		}

	}

	/**
	 * Starts to send the events of a primitive to the session. Answers
	 * {@link Result.Done}.
	 *
	 * @param target the primitive
	 */
	@JsonTypeName("3")
	record Listen(PrimitiveId target) implements Command {
		public Listen {
			Presence.check(target);
		}

	}

	/**
	 * Stops to send the events of a primitive to the session. Answers
	 * {@link Result.Done}.
	 *
	 * @param target the primitive
	 */
	@JsonTypeName("4")
	record Unlisten(PrimitiveId target) implements Command {
		public Unlisten {
			Presence.check(target);
		}

	}

	/**
	 * Acquires a lock. Answers {@link Result.LockReply}; a queued acquisition is granted
	 * later by {@link Event.LockGranted}. Repeating an acquisition answers as it stands.
	 *
	 * @param target the lock
	 * @param acquisition the number of the acquisition, unique in the session
	 * @param queue whether to wait if the lock is held
	 * @param lease the longest time the lock is held, from the grant; zero for no limit
	 */
	@JsonTypeName("5")
	record LockAcquire(PrimitiveId target, long acquisition, boolean queue, long lease) implements Command {
		public LockAcquire {
			Presence.check(target);
		}

	}

	/**
	 * Releases a lock or withdraws a queued acquisition. Answers
	 * {@link Result.LockReleased}.
	 *
	 * @param target the lock
	 * @param acquisition the number of the acquisition
	 */
	@JsonTypeName("6")
	record LockRelease(PrimitiveId target, long acquisition) implements Command {
		public LockRelease {
			Presence.check(target);
		}

	}

	/**
	 * Enters an election. Answers {@link Result.Leadership}, or
	 * {@link ErrorCode#CANDIDATE_EXISTS}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("7")
	record Campaign(PrimitiveId target, String candidate) implements Command {
		public Campaign {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Leaves an election. Only the session that entered the candidate can. Answers
	 * {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("8")
	record Resign(PrimitiveId target, String candidate) implements Command {
		public Resign {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Makes a candidate the leader. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("9")
	record Anoint(PrimitiveId target, String candidate) implements Command {
		public Anoint {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Moves a candidate to the front of the waiting ones. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("10")
	record Promote(PrimitiveId target, String candidate) implements Command {
		public Promote {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Removes a candidate of any session. Answers {@link Result.Flag}.
	 *
	 * @param target the election
	 * @param candidate the name of the candidate
	 */
	@JsonTypeName("11")
	record Evict(PrimitiveId target, String candidate) implements Command {
		public Evict {
			Presence.check(target, candidate);
		}

	}

	/**
	 * Writes one entry of a map under a condition. Answers {@link Result.Updated}.
	 *
	 * @param target the map
	 * @param key the key
	 * @param value the new value, or null to remove the entry
	 * @param timeToLive the time to live; zero for the default of the map
	 * @param condition when to write
	 * @param wantOld whether the old value is part of the answer; it always is when the
	 * condition failed
	 */
	@JsonTypeName("12")
	record MapUpdate(PrimitiveId target, byte[] key, byte @Nullable [] value, long timeToLive, Condition condition,
			boolean wantOld) implements Command {
		public MapUpdate {
			Presence.check(target, key, condition);
		}

	}

	/**
	 * Writes several entries of a map. Answers {@link Result.Done}.
	 *
	 * @param target the map
	 * @param entries the entries
	 * @param timeToLive the time to live; zero for the default of the map
	 */
	@JsonTypeName("13")
	record MapPutAll(PrimitiveId target, List<KeyValue> entries, long timeToLive) implements Command {
		public MapPutAll {
			Presence.check(target);
			entries = List.copyOf(entries);
		}

	}

	/**
	 * Removes all entries of a map. Answers {@link Result.Done}.
	 *
	 * @param target the map
	 */
	@JsonTypeName("14")
	record MapClear(PrimitiveId target) implements Command {
		public MapClear {
			Presence.check(target);
		}

	}

	/**
	 * Writes a value under a condition. Answers {@link Result.Updated}.
	 *
	 * @param target the value
	 * @param value the new value, or null to remove it
	 * @param timeToLive the time to live; zero for none
	 * @param condition when to write
	 */
	@JsonTypeName("15")
	record ValueUpdate(PrimitiveId target, byte @Nullable [] value, long timeToLive,
			Condition condition) implements Command {
		public ValueUpdate {
			Presence.check(target, condition);
		}

	}

	/**
	 * Adds to a number. Answers {@link Result.LongUpdated}.
	 *
	 * @param target the number
	 * @param delta what to add
	 */
	@JsonTypeName("16")
	record LongAdd(PrimitiveId target, long delta) implements Command {
		public LongAdd {
			Presence.check(target);
		}

	}

	/**
	 * Sets a number. Answers {@link Result.LongUpdated}.
	 *
	 * @param target the number
	 * @param value the new number
	 * @param timeToLive the time to live; zero for none
	 */
	@JsonTypeName("17")
	record LongSet(PrimitiveId target, long value, long timeToLive) implements Command {
		public LongSet {
			Presence.check(target);
		}

	}

	/**
	 * Sets a number if it is the expected one. Answers {@link Result.LongUpdated}.
	 *
	 * @param target the number
	 * @param expected the expected number
	 * @param value the new number
	 */
	@JsonTypeName("18")
	record LongCompareAndSet(PrimitiveId target, long expected, long value) implements Command {
		public LongCompareAndSet {
			Presence.check(target);
		}

	}

}
