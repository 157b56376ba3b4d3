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

package io.github.atomixspring.faults.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.faulttolerance.TimesToLive;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.MapModel.Input;
import io.github.atomixspring.linearizability.MapModel.Kind;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.map.AsyncDistributedMap;

/**
 * Puts entries with a time to live, each under a key of its own, and looks when they are
 * gone.
 */
final class TimeToLiveLoad extends RecordedLoad<Input, ValueResult> {

	static final String KIND = "ttl";

	static final HistoryFormat<Input, ValueResult> FORMAT = MapLoad.FORMAT;

	private static final Duration TIME_TO_LIVE = Duration.ofMillis(400);

	private final AsyncDistributedMap<String, String> map;

	private final AtomicLong keys = new AtomicLong();

	private final Queue<String> living = new ConcurrentLinkedQueue<>();

	TimeToLiveLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
		this.map = surroundings.atomix().map(KIND, String.class, String.class).async();
	}

	@Override
	public void call(Caller caller) throws Exception {
		String oldest = this.living.poll();
		if (oldest == null || caller.random().nextInt(4) == 0) {
			String key = surroundings().process() + "-" + this.keys.incrementAndGet();
			if (perform(caller, Input.put(key, "v"),
					() -> this.map.put(key, "v", TIME_TO_LIVE).thenApply(ValueResult::of)) != null) {
				this.living.add(key);
			}
		}
		if (oldest != null) {
			ValueResult seen = perform(caller, Input.get(oldest),
					() -> this.map.get(oldest).thenApply(ValueResult::of));
			if (seen == null || seen.value() != null) {
				this.living.add(oldest);
			}
		}
	}

	/**
	 * Judges when entries were there and when they were gone.
	 * @param operations the calls of this workload
	 * @param successes when calls of any kind succeeded
	 * @return what was wrong, one text for each mistake
	 */
	static List<String> mistakes(List<Operation<Input, ValueResult>> operations, List<Long> successes) {
		Map<String, TimesToLive.Entry> entries = new HashMap<>();
		for (Operation<Input, ValueResult> operation : operations) {
			if (operation.input().kind() == Kind.PUT && !operation.isUnknown()) {
				String key = operation.input().key();
				entries.put(key, new TimesToLive.Entry(key, operation.invoked(), operation.returned()));
			}
		}
		List<TimesToLive.Observation> observations = new ArrayList<>();
		for (Operation<Input, ValueResult> operation : operations) {
			TimesToLive.Entry entry = entries.get(operation.input().key());
			ValueResult output = operation.output();
			if (operation.input().kind() == Kind.GET && output != null && entry != null) {
				observations.add(new TimesToLive.Observation(entry, operation.invoked(), operation.returned(),
						output.value() != null));
			}
		}
		return TimesToLive.mistakes(TIME_TO_LIVE, observations, successes);
	}

}
