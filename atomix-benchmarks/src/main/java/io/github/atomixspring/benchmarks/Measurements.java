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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of all rounds.
 */
final class Measurements {

	private final List<Subject> subjects;

	private final Map<Subject, Map<Step, List<Sample>>> samples = new HashMap<>();

	/**
	 * Creates measurements.
	 * @param subjects what is measured, the first is what the others are compared with
	 */
	Measurements(List<Subject> subjects) {
		this.subjects = List.copyOf(subjects);
	}

	void add(Subject subject, Step step, Sample sample) {
		this.samples.computeIfAbsent(subject, (key) -> new HashMap<>())
			.computeIfAbsent(step, (key) -> new ArrayList<>())
			.add(sample);
	}

	List<Subject> subjects() {
		return this.subjects;
	}

	/**
	 * Returns samples in the order of the rounds.
	 * @param subject the subject
	 * @param step the step
	 * @return the samples, empty if the step was not run
	 */
	List<Sample> of(Subject subject, Step step) {
		return this.samples.getOrDefault(subject, Map.of()).getOrDefault(step, List.of());
	}

}
