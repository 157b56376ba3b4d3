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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.atomixspring.linearizability.CounterModel;
import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.LockModel;
import io.github.atomixspring.linearizability.MapModel;
import io.github.atomixspring.linearizability.Model;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.QueueModel;
import io.github.atomixspring.linearizability.RegisterModel;
import io.github.atomixspring.linearizability.SemaphoreModel;
import io.github.atomixspring.linearizability.SetModel;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.linearizability.Verdict;

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

	},

	/**
	 * The entries of a map are got, put, replaced and removed; others have a time to
	 * live.
	 */
	MAP {

		@Override
		Load open(Surroundings surroundings) {
			return new MapLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			Judgement entries = judged(journals, MapLoad.KIND, MapLoad.FORMAT, new MapModel());
			History<MapModel.Input, ValueResult> living = journals.read(TimeToLiveLoad.KIND, TimeToLiveLoad.FORMAT);
			List<Completion> all = Stream.of(entries.completions(), Completions.of(living))
				.flatMap(List::stream)
				.toList();
			List<Long> successes = all.stream()
				.filter((completion) -> completion.outcome() == Outcome.OK)
				.map(Completion::ended)
				.toList();
			List<String> mistakes = TimeToLiveLoad.mistakes(living.operations(), successes);
			return (mistakes.isEmpty()) ? new Judgement(entries.verdict(), all)
					: new Judgement(verdict(living.operations().size(), mistakes), all);
		}

	},

	/**
	 * A lock is acquired and released, with and without waiting.
	 */
	LOCK {

		@Override
		Load open(Surroundings surroundings) {
			return new ClaimLoad(surroundings, id(), 1, Claim.Source.of(surroundings.atomix().lock(id()).async()));
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, id(), new LockModel());
		}

	},

	/**
	 * Permits of a semaphore are acquired and released, with and without waiting.
	 */
	SEMAPHORE {

		@Override
		Load open(Surroundings surroundings) {
			return new ClaimLoad(surroundings, id(), PERMITS,
					Claim.Source.of(surroundings.atomix().semaphore(id(), PERMITS).async()));
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, id(), new SemaphoreModel(PERMITS));
		}

	},

	/**
	 * Elements are offered to queues and polled from them.
	 */
	QUEUE {

		@Override
		Load open(Surroundings surroundings) {
			return new QueueLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, QueueLoad.KIND, QueueLoad.FORMAT, new QueueModel());
		}

	},

	/**
	 * Elements are added to a set, removed from it, and looked for.
	 */
	SET {

		@Override
		Load open(Surroundings surroundings) {
			return new SetLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			return judged(journals, SetLoad.KIND, SetLoad.FORMAT, new SetModel());
		}

	},

	/**
	 * Messages are published to a topic to which all nodes listen.
	 */
	EVENTS {

		@Override
		Load open(Surroundings surroundings) {
			return new EventLoad(surroundings);
		}

		@Override
		public Judgement judge(Journals journals) {
			History<EventLoad.Publication, Boolean> history = journals.read(EventLoad.KIND, EventLoad.FORMAT);
			Map<String, List<String[]>> heard = new LinkedHashMap<>();
			journals.files(EventLoad.HEARD)
				.forEach((file) -> heard.put(String.valueOf(file.getFileName()), Notes.read(file)));
			return new Judgement(verdict(history.operations().size(), EventLoad.mistakes(history.operations(), heard)),
					Completions.of(history));
		}

	};

	private static final int PERMITS = 2;

	private static final int SHOWN = 20;

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

	private static Judgement judged(Journals journals, String kind, Model<?, LockModel.Input, LockModel.Output> model) {
		List<Operation<LockModel.Input, LockModel.Output>> operations = ClaimLoad.operations(journals, kind);
		List<String> mistakes = ClaimLoad.mistakes(journals, kind);
		Verdict verdict = (mistakes.isEmpty()) ? new LinearizabilityChecker<>(model).check(operations)
				: verdict(operations.size(), mistakes);
		return new Judgement(verdict, ClaimLoad.completions(journals.read(kind, ClaimLoad.FORMAT)));
	}

	private static Verdict verdict(int operations, List<String> mistakes) {
		String evidence = mistakes.stream().limit(SHOWN).collect(Collectors.joining("\n"));
		return (mistakes.isEmpty()) ? new Verdict(Verdict.Status.VALID, operations, 0, "") : new Verdict(
				Verdict.Status.INVALID, operations, 0, mistakes.size() + " mistakes, such as\n" + evidence);
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
