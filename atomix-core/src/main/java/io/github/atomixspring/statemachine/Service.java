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

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of one primitive. A service checks a command first and changes its
 * state afterwards, so that nothing is ever half done.
 */
abstract class Service {

	private final PrimitiveId id;

	private final TreeSet<Long> listeners = new TreeSet<>();

	private List<Setting> settings = List.of();

	private boolean explicit;

	Service(PrimitiveId id) {
		this.id = id;
	}

	final PrimitiveId id() {
		return this.id;
	}

	/**
	 * Applies a command of this primitive.
	 * @param command the command
	 * @param session the session that submitted it, which exists
	 * @param context the rest of the state
	 * @return the result
	 */
	abstract Result apply(Command command, long session, Context context);

	/**
	 * Checks a write of a transaction without doing it. What is not refused here,
	 * {@link #apply} carries out whatever the writes of the transaction before it did.
	 * @param write the write
	 * @return why it is refused, or null if it is not
	 */
	Result.@Nullable Failure refusal(Command write) {
		return ErrorCode.ILLEGAL
			.failure(write.getClass().getSimpleName() + " of " + describe() + " cannot be part of a transaction");
	}

	/**
	 * Returns the number that says for a transaction what is there: another one as soon
	 * as it is another state. It is the version of what is stored under a key, or the
	 * token or term of a claim that is in force.
	 * @param key the key; empty where there is only one
	 * @return the number, zero if nothing is there, or null if this primitive has none
	 */
	@Nullable Long version(Bytes key) {
		return null;
	}

	/**
	 * Answers a query of this primitive.
	 * @param query the query
	 * @param context the rest of the state, only to be read
	 * @return the result
	 */
	abstract Result read(Query query, Context context);

	/**
	 * Releases everything a session holds here, except that it listens.
	 * @param session the session
	 * @param context the rest of the state
	 */
	void release(long session, Context context) {
	}

	/**
	 * Called when a session has stopped to listen, but not when it has ended.
	 * @param session the session
	 * @param context the rest of the state
	 */
	void unlistened(long session, Context context) {
	}

	/**
	 * Called when a timer falls due.
	 * @param key what falls due
	 * @param deadline the deadline of the timer
	 * @param context the rest of the state
	 */
	void timeOut(Bytes key, long deadline, Context context) {
	}

	/**
	 * Called before the service is removed: stops timers and tells those concerned.
	 * @param context the rest of the state
	 */
	abstract void destroy(Context context);

	/**
	 * Returns whether the service has no state worth keeping but its listeners.
	 * @return whether it is empty
	 */
	abstract boolean isEmpty();

	/**
	 * Returns the sessions that hold something here, beside the listeners.
	 * @return the sessions
	 */
	Collection<Long> holders() {
		return List.of();
	}

	/**
	 * Returns whether a session holds something here, beside listening.
	 * @param session the session
	 * @return whether it is among the {@link #holders()}
	 */
	boolean isHolder(long session) {
		return false;
	}

	/**
	 * Returns the parts of a snapshot, from references that later commands do not change.
	 * @return the parts after the {@link SnapshotPart.Primitive}
	 */
	abstract Iterator<SnapshotPart> capture();

	/**
	 * Takes over a part that {@link #capture()} of this type returned.
	 * @param part the part
	 * @param context the rest of the state
	 */
	abstract void restore(SnapshotPart part, Context context);

	/**
	 * Returns whether the primitive means nothing without its configuration. Until it was
	 * created on purpose its commands and queries are refused then.
	 * @return whether it must be created
	 */
	boolean needsCreation() {
		return false;
	}

	final boolean isMissing() {
		return needsCreation() && !this.explicit;
	}

	final Result missing() {
		return ErrorCode.NOT_CREATED.failure("'" + this.id.name() + "' was not created, or was destroyed");
	}

	final boolean isDisposable() {
		return !this.explicit && this.listeners.isEmpty() && isEmpty();
	}

	final boolean concerns(long session) {
		return this.listeners.contains(session) || isHolder(session);
	}

	final TreeSet<Long> listeners() {
		return this.listeners;
	}

	final List<Setting> settings() {
		return this.settings;
	}

	final boolean isExplicit() {
		return this.explicit;
	}

	final void configure(List<Setting> newSettings) {
		this.settings = newSettings;
		this.explicit = true;
	}

	/**
	 * Returns a setting as a number.
	 * @param name the name of the setting
	 * @param defaultValue what to return if it is not there or no number
	 * @return the number
	 */
	final long setting(String name, long defaultValue) {
		for (Setting setting : this.settings) {
			if (setting.name().equals(name)) {
				try {
					return Long.parseLong(setting.value());
				}
				catch (NumberFormatException ex) {
					return defaultValue;
				}
			}
		}
		return defaultValue;
	}

	final void publish(Event event, Context context) {
		for (long listener : this.listeners) {
			context.send(listener, event);
		}
	}

	/**
	 * Tells the listeners and those who hold something here that the primitive is
	 * destroyed.
	 * @param context the rest of the state
	 */
	final void sendDestroyed(Context context) {
		TreeSet<Long> concerned = new TreeSet<>(this.listeners);
		concerned.addAll(holders());
		concerned.forEach((session) -> context.send(session, new Event.Destroyed(this.id)));
	}

	final Result misfit(Object operation) {
		return ErrorCode.ILLEGAL.failure(operation.getClass().getSimpleName() + " is no operation of " + describe());
	}

	final String describe() {
		return "'" + this.id.name() + "', which has the type " + PrimitiveType.ofCode(this.id.type());
	}

	/**
	 * Returns the deadline of something that lives for a time.
	 * @param timeToLive the time to live in milliseconds; zero is for ever
	 * @param context tells the time
	 * @return the deadline, or zero for ever
	 */
	static long deadline(long timeToLive, Context context) {
		if (timeToLive == 0) {
			return 0;
		}
		long deadline = context.time() + timeToLive;
		return (deadline > 0) ? deadline : Long.MAX_VALUE;
	}

}
