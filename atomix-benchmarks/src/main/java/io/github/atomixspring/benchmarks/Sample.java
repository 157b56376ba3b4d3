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

package io.github.atomixspring.benchmarks;

import java.time.Duration;

/**
 * What a step measured in one round.
 *
 * @param result what the load saw
 * @param processorTime the processor time of all processes of the system meanwhile
 */
record Sample(StepResult result, Duration processorTime) {

	double rate() {
		return this.result.rate();
	}

	double median() {
		return this.result.millisAt(50);
	}

	double processorMicrosPerOperation() {
		return this.processorTime.toNanos() / 1e3 / Math.max(1, this.result.latencies().getTotalCount());
	}

}
