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

/**
 * A command on a primitive. Its answer is a {@link Result}. Durations are milliseconds of
 * replicated time; zero means none.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Command extends Operation permits Command.Create, Command.Destroy, Command.Listen,
		Command.Unlisten, LockMessages.Acquire, LockMessages.Release, LockMessages.ForceRelease,
		ElectionMessages.Campaign, ElectionMessages.Resign, ElectionMessages.Anoint, ElectionMessages.Promote,
		ElectionMessages.Evict, MapMessages.Update, MapMessages.PutAll, MapMessages.Clear, ValueMessages.Update,
		LongMessages.Add, LongMessages.Set, LongMessages.CompareAndSet, SemaphoreMessages.Acquire,
		SemaphoreMessages.Release, SemaphoreMessages.Withdraw, SemaphoreMessages.Resize, IdMessages.Reserve,
		TransactionMessages.Commit, ReceiptMessages.Check, ReceiptMessages.Forget, TopicMessages.Publish,
		TopicMessages.Received, DeliveryMessages.Consume, DeliveryMessages.Cancel, TaskMessages.Submit,
		TaskMessages.Settle, BusMessages.Send, BusMessages.Reply, LatchMessages.CountDown, LatchMessages.Await,
		LatchMessages.Leave, BarrierMessages.Arrive, BarrierMessages.Leave, BarrierMessages.Reset, SetMessages.Add,
		SetMessages.Remove, SetMessages.Retain, QueueMessages.Offer, QueueMessages.Put, QueueMessages.Poll,
		QueueMessages.Take, QueueMessages.Settle, QueueMessages.Withdraw, QueueMessages.RemoveFirst,
		QueueMessages.RemoveAt, QueueMessages.Clear, CounterMapMessages.Add, CounterMapMessages.CompareAndSet,
		NavigableMapMessages.Poll, NavigableMapMessages.ClearRange, TreeMessages.Update, TreeMessages.Remove,
		GroupMessages.Join, GroupMessages.Leave, GroupMessages.Remove, GroupMessages.Attach, GroupMessages.Detach,
		GroupMessages.Send, GroupMessages.Settle, GroupMessages.Forget, GroupMessages.Inquire, MultimapMessages.Put,
		MultimapMessages.Remove, MultimapMessages.Replace, MultimapMessages.Clear {

	/**
	 * Returns the primitive the command is for.
	 * @return the id
	 */
	PrimitiveId target();

	/**
	 * Returns from which {@link FeatureLevel} of the cluster on there is this command.
	 * @return the level
	 */
	default int level() {
		return FeatureLevel.BASE;
	}

	/**
	 * Returns whether this takes something out of the state, or gives something back, and
	 * adds nothing that lasts: it is taken while the members have too little memory for
	 * others.
	 * @return whether the state gets smaller or at least no larger
	 */
	default boolean shrinks() {
		return this instanceof Releasing;
	}

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
	record Destroy(PrimitiveId target) implements Command, Releasing {
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
	record Listen(PrimitiveId target) implements Command, Releasing {
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
	record Unlisten(PrimitiveId target) implements Command, Releasing {
		public Unlisten {
			Presence.check(target);
		}

	}

}
