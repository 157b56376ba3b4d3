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

package io.github.atomixspring.spring.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Times the operations and waits of a node. Meters are made when they are first needed
 * and found by their position afterwards, so that nothing is looked up, allocated or
 * locked for an operation.
 */
class OperationMeters implements OperationObserver {

	private static final String NO_TYPE = "cluster";

	private static final int KINDS = OperationKind.values().length;

	private static final int OUTCOMES = OperationOutcome.values().length;

	/**
	 * The types of primitives, after one place for what has none.
	 */
	private static final int TYPES = PrimitiveType.values().length + 1;

	private final MeterRegistry registry;

	private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(KINDS * TYPES * OUTCOMES);

	private final LongAdder active = new LongAdder();

	private final LongAdder localReads = new LongAdder();

	private final LongAdder[] waiting = new LongAdder[TYPES];

	private final AtomicReferenceArray<@Nullable Gauge> waitingGauges = new AtomicReferenceArray<>(TYPES);

	OperationMeters(MeterRegistry registry) {
		this.registry = registry;
		Arrays.setAll(this.waiting, (index) -> new LongAdder());
		Gauge.builder("atomix.operations.active", this.active, LongAdder::sum)
			.description("Commands and queries that wait for their answers")
			.strongReference(true)
			.register(registry);
		FunctionCounter.builder("atomix.reads.local", this, (meters) -> meters.localReads.sum())
			.description("Queries that the member in this process answered at once")
			.register(registry);
	}

	@Override
	public void onLocalRead() {
		this.localReads.increment();
	}

	@Override
	public @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
			boolean internal) {
		if (kind != OperationKind.WAIT) {
			this.active.increment();
			return null;
		}
		int index = index(type);
		this.waiting[index].increment();
		if (this.waitingGauges.get(index) == null) {
			this.waitingGauges.set(index, waitingGauge(type, this.waiting[index]));
		}
		return null;
	}

	@Override
	public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
			@Nullable Object started, @Nullable Throwable failure) {
		if (kind == OperationKind.WAIT) {
			this.waiting[index(type)].decrement();
		}
		else {
			this.active.decrement();
		}
		int position = (kind.ordinal() * TYPES + index(type)) * OUTCOMES + outcome.ordinal();
		Timer timer = this.timers.get(position);
		if (timer == null) {
			// Two threads may do so at once: the registry gives the same to both.
			timer = timer(kind, type, outcome);
			this.timers.set(position, timer);
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	private Gauge waitingGauge(@Nullable PrimitiveType type, LongAdder count) {
		return Gauge.builder("atomix.waits.active", count, LongAdder::sum)
			.description("Threads and futures that wait for what others have to give")
			.tag("type", tag(type))
			.strongReference(true)
			.register(this.registry);
	}

	private Timer timer(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome) {
		if (kind == OperationKind.WAIT) {
			return Timer.builder("atomix.waits")
				.description("Waits for what others have to give: locks, permits, elements, answers")
				.tag("type", tag(type))
				.tag("outcome", tag(outcome))
				.register(this.registry);
		}
		return Timer.builder("atomix.operations")
			.description("Commands and queries of this node, from their submission to their answers")
			.tag("kind", tag(kind))
			.tag("type", tag(type))
			.tag("outcome", tag(outcome))
			.register(this.registry);
	}

	private static int index(@Nullable PrimitiveType type) {
		return (type != null) ? type.ordinal() + 1 : 0;
	}

	/**
	 * Returns the value of a tag.
	 * @param value what it stands for, null for none
	 * @return the value
	 */
	static String tag(@Nullable Enum<?> value) {
		return (value != null) ? value.name().toLowerCase(Locale.ROOT).replace('_', '-') : NO_TYPE;
	}

}
