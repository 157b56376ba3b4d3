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

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.atomixspring.linearizability.CounterModel;
import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.Model;
import io.github.atomixspring.linearizability.RegisterModel;

/**
 * What nodes do with a kind of primitive, and how it is judged.
 */
public enum Workload {

	/**
	 * A value is read, written, compared and set.
	 */
	REGISTER {

		@Override
		Load open(Surroundings surroundings) {
			return new RegisterLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, RegisterLoad.KIND, RegisterLoad.FORMAT, new RegisterModel());
		}

	},

	/**
	 * A number is added to and read.
	 */
	COUNTER {

		@Override
		Load open(Surroundings surroundings) {
			return new CounterLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, CounterLoad.KIND, CounterLoad.FORMAT, new CounterModel());
		}

	};

	/**
	 * Opens the workload in this process.
	 * @param surroundings what it needs to know
	 * @return the load
	 */
	abstract Load open(Surroundings surroundings);

	/**
	 * Judges what all processes did.
	 * @param journals what they wrote
	 * @return the judgement
	 */
	public abstract Judgement judge(Journals journals);

	private static <I, O> Judgement judged(Journals journals, String kind, HistoryFormat<I, O> format,
			Model<?, I, O> model) {
		History<I, O> history = journals.read(kind, format);
		return new Judgement(new LinearizabilityChecker<>(model).check(history), Completions.of(history));
	}

	/**
	 * Returns the name by which it is chosen.
	 * @return the name
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the workload of a name.
	 * @param id the name
	 * @return the workload
	 */
	public static Workload of(String id) {
		return Arrays.stream(values())
			.filter((workload) -> workload.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no workload '%s', but %s".formatted(id,
					Arrays.stream(values()).map(Workload::id).collect(Collectors.joining(", ")))));
	}

}
