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

package io.github.atomixspring.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A metric of the Raft server of a member, as the server itself names it.
 *
 * @since 0.1.0
 */
public abstract sealed class RaftMetric permits RaftMetric.Counter, RaftMetric.Timer, RaftMetric.Gauge {

	private final String component;

	private final String name;

	private final @Nullable String member;

	private final @Nullable Integer partition;

	RaftMetric(String component, String name, @Nullable String member, @Nullable Integer partition) {
		this.component = component;
		this.name = name;
		this.member = member;
		this.partition = partition;
	}

	/**
	 * Returns the part of the server that it is of, such as {@code log_worker}.
	 * @return the component
	 */
	public String component() {
		return this.component;
	}

	/**
	 * Returns its name, such as {@code flushTime}, without that of a member.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the other member it is about.
	 * @return the id of the node, or null if it is about none
	 */
	public @Nullable String member() {
		return this.member;
	}

	/**
	 * Returns the partition it is about, if there are several.
	 * @return the number of the partition, or null if it is about no particular one
	 */
	public @Nullable Integer partition() {
		return this.partition;
	}

	@Override
	public String toString() {
		return this.component + "." + this.name + ((this.member != null) ? "[" + this.member + "]" : "")
				+ ((this.partition != null) ? "[" + this.partition + "]" : "");
	}

	/**
	 * Counts events while anybody listens to the metrics.
	 */
	public static final class Counter extends RaftMetric {

		private final LongAdder count = new LongAdder();

		Counter(String component, String name, @Nullable String member, @Nullable Integer partition) {
			super(component, name, member, partition);
		}

		void add(long n) {
			this.count.add(n);
		}

		/**
		 * Returns the number of events so far.
		 * @return the number
		 */
		public long count() {
			return this.count.sum();
		}

	}

	/**
	 * Adds up times while anybody listens to the metrics.
	 */
	public static final class Timer extends RaftMetric {

		private final LongAdder count = new LongAdder();

		private final LongAdder nanos = new LongAdder();

		Timer(String component, String name, @Nullable String member, @Nullable Integer partition) {
			super(component, name, member, partition);
		}

		void record(long elapsed) {
			this.count.increment();
			this.nanos.add(elapsed);
		}

		/**
		 * Returns how many times were measured.
		 * @return the number
		 */
		public long count() {
			return this.count.sum();
		}

		/**
		 * Returns the sum of the times.
		 * @return the sum in nanoseconds
		 */
		public long totalNanos() {
			return this.nanos.sum();
		}

	}

	/**
	 * Has a value at each moment.
	 */
	public static final class Gauge extends RaftMetric {

		private final Supplier<?> value;

		Gauge(String component, String name, @Nullable String member, @Nullable Integer partition, Supplier<?> value) {
			super(component, name, member, partition);
			this.value = value;
		}

		/**
		 * Returns the value.
		 * @return the value, or NaN if there is none at the moment
		 */
		public double value() {
			try {
				return (this.value.get() instanceof Number number) ? number.doubleValue() : Double.NaN;
			}
			catch (RuntimeException ex) {
				// What it looks at may be closed already.
				return Double.NaN;
			}
		}

	}

}
