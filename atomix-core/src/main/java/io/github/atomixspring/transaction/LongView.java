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

package io.github.atomixspring.transaction;

import java.time.Duration;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TransactionalLong}: a number that was set or read, or neither, and what is
 * added to it.
 */
final class LongView implements TransactionalLong {

	private static final byte[] KEY = {};

	private final Participant number;

	private final Buffer buffer;

	private @Nullable Long base;

	private boolean set;

	private long timeToLive;

	private long delta;

	/**
	 * Creates a view.
	 * @param number the number
	 * @param buffer the buffer of the transaction
	 */
	LongView(Participant number, Buffer buffer) {
		this.number = number;
		this.buffer = buffer;
	}

	@Override
	public long get() {
		this.buffer.checkActive();
		Long known = this.base;
		if (known == null) {
			known = read();
			this.base = known;
		}
		return known + this.delta;
	}

	private long read() {
		this.buffer.asking(1);
		PrimitiveSession session = this.number.session();
		LongMessages.Versioned read = (LongMessages.Versioned) session
			.await(session.query(new LongMessages.GetVersioned(this.number.id()), ReadConsistency.LINEARIZABLE));
		this.buffer.read(this.number.id(), KEY, read.version());
		return read.value();
	}

	@Override
	public void set(long value) {
		set(value, 0);
	}

	@Override
	public void set(long value, Duration timeToLive) {
		set(value, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

	private void set(long value, long newTimeToLive) {
		write(new LongMessages.Set(this.number.id(), value, newTimeToLive));
		this.base = value;
		this.set = true;
		this.timeToLive = newTimeToLive;
		this.delta = 0;
	}

	@Override
	public void add(long summand) {
		Long known = this.base;
		if (this.set && known != null) {
			set(known + summand, this.timeToLive);
		}
		else {
			write(new LongMessages.Add(this.number.id(), this.delta + summand));
			this.delta += summand;
		}
	}

	private void write(Command command) {
		this.buffer.write(this.number.id(), KEY, command, Long.BYTES);
	}

}
