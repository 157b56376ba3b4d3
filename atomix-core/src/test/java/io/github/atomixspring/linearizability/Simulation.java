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

package io.github.atomixspring.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Generator of concurrent histories: each call takes effect at an instant within its
 * interval, those with an unknown outcome later or never.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 */
final class Simulation<I, O> {

	private static final int PATIENCE = 50;

	private final Workload<I, O> workload;

	private final Random random;

	private final double unknownRate;

	private final Queue<Event> agenda = new PriorityQueue<>(Comparator.comparingLong(Event::time));

	private final List<Operation<I, O>> operations = new ArrayList<>();

	private int left;

	private long now;

	Simulation(Workload<I, O> workload, long seed, double unknownRate) {
		this.workload = workload;
		this.random = new Random(seed);
		this.unknownRate = unknownRate;
	}

	List<Operation<I, O>> run(int processes, int calls) {
		this.left = calls;
		IntStream.range(0, processes).forEach((process) -> after(10, () -> invoke(process)));
		while (!this.agenda.isEmpty()) {
			Event event = this.agenda.remove();
			this.now = event.time();
			event.action().run();
		}
		return this.operations;
	}

	List<Operation<I, O>> mutate(List<Operation<I, O>> history) {
		List<Operation<I, O>> mutated = new ArrayList<>(history);
		int index = this.random.nextInt(mutated.size());
		Operation<I, O> operation = mutated.get(index);
		if (operation.output() != null) {
			mutated.set(index, new Operation<>(operation.process(), operation.invoked(), operation.returned(),
					operation.input(), this.workload.mutate(operation.input(), operation.output(), this.random)));
		}
		return mutated;
	}

	private void invoke(int process) {
		if (this.left-- <= 0) {
			return;
		}
		I input = this.workload.next(process, this.random);
		long invoked = this.now;
		if (this.workload.isAlwaysUnknown(input) || this.random.nextDouble() < this.unknownRate) {
			this.operations.add(new Operation<>("p" + process, invoked, Operation.NEVER, input, null));
			if (this.random.nextBoolean()) {
				after(100, () -> this.workload.apply(input));
			}
			after(10, () -> invoke(process));
		}
		else {
			after(8, () -> takeEffect(process, invoked, input, PATIENCE));
		}
	}

	private void takeEffect(int process, long invoked, I input, int patience) {
		O output = this.workload.apply(input);
		if (output != null) {
			after(8, () -> {
				this.operations.add(new Operation<>("p" + process, invoked, this.now, input, output));
				after(5, () -> invoke(process));
			});
		}
		else if (patience > 0) {
			after(8, () -> takeEffect(process, invoked, input, patience - 1));
		}
		else {
			invoke(process);
		}
	}

	private void after(int atMost, Runnable action) {
		this.agenda.add(new Event(this.now + this.random.nextInt(atMost), action));
	}

	/**
	 * Something to do.
	 *
	 * @param time when
	 * @param action what
	 */
	private record Event(long time, Runnable action) {
	}

}
