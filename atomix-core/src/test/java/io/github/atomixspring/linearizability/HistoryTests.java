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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link History}, {@link HistoryFormat} and {@link LinearizabilityAssertions}.
 */
class HistoryTests {

	private final HistoryFormat<CounterModel.Input, Long> format = new HistoryFormat<>(CounterModel.Input.class,
			Long.class);

	@TempDir
	Path directory;

	@Test
	void callsBecomeOperationsByTheirOutcome() {
		History<CounterModel.Input, Long> history = new History<>();
		CounterModel.Input add = CounterModel.Input.addAndGet("k", 1);
		long before = System.nanoTime();
		assertThat(history.perform("a", add, () -> 7L, (ex) -> false)).contains(7L);
		assertThat(history.perform("b", add, () -> throwing(new TimeoutException()), (ex) -> false)).isEmpty();
		assertThat(history.perform("c", add, () -> throwing(new IOException()), IOException.class::isInstance))
			.isEmpty();
		history.invoke("d", add);
		long after = System.nanoTime();
		List<Operation<CounterModel.Input, Long>> operations = history.operations();
		assertThat(operations).extracting(Operation::process).containsExactly("a", "b", "d");
		assertThat(operations).extracting(Operation::output).containsExactly(7L, null, null);
		assertThat(operations).allSatisfy((operation) -> assertThat(operation.invoked()).isBetween(before, after));
		assertThat(operations.get(0).returned()).isBetween(operations.get(0).invoked(), after);
	}

	@Test
	void callCanBeCompletedOnlyOnce() {
		History<String, String> history = new History<>();
		History<String, String>.Invocation invocation = history.invoke("a", "input");
		invocation.unknown();
		assertThatIllegalStateException().isThrownBy(() -> invocation.ok("late"));
	}

	@Test
	void historySurvivesAFile() {
		HistoryFormat<LockModel.Input, LockModel.Output> lockFormat = new HistoryFormat<>(LockModel.Input.class,
				LockModel.Output.class);
		History<LockModel.Input, LockModel.Output> history = new History<>();
		history.invoke("a", LockModel.Input.acquire("l", "s", "t")).ok(LockModel.Output.granted(1));
		history.invoke("nemesis", LockModel.Input.expire("s")).unknown();
		Path file = this.directory.resolve("sub/history.jsonl");
		lockFormat.write(history, file);
		assertThat(lockFormat.read(file).events()).isEqualTo(history.events());
		assertThat(lockFormat.read(file).operations()).isEqualTo(history.operations());
	}

	@Test
	void journalsOfSeveralProcessesAreMerged() throws IOException {
		Path first = this.directory.resolve("first.jsonl");
		Path second = this.directory.resolve("second.jsonl");
		try (HistoryJournal<CounterModel.Input, Long> journal = this.format.journal(first)) {
			History<CounterModel.Input, Long> history = new History<>(journal);
			history.invoke("a", CounterModel.Input.addAndGet("k", 1)).ok(1L);
			history.invoke("a", CounterModel.Input.addAndGet("k", 1));
			Files.writeString(first, "{\"id\":9,\"proc", StandardOpenOption.APPEND);
		}
		try (HistoryJournal<CounterModel.Input, Long> journal = this.format.journal(second)) {
			new History<>(journal).invoke("b", CounterModel.Input.addAndGet("k", 1)).ok(3L);
		}
		History<CounterModel.Input, Long> merged = History
			.merge(List.of(this.format.read(first), this.format.read(second)));
		assertThat(merged.operations()).extracting(Operation::output).containsExactly(1L, null, 3L);
		assertThat(new LinearizabilityChecker<>(new CounterModel()).check(merged).isValid()).isTrue();
	}

	@Test
	void threadsOnAnAtomicCounterAreLinearizable() throws InterruptedException {
		AtomicLong counter = new AtomicLong();
		History<CounterModel.Input, Long> history = new History<>();
		inParallel(4, () -> {
			for (int i = 0; i < 250; i++) {
				history.perform(Thread.currentThread().getName(), CounterModel.Input.addAndGet("k", 1),
						counter::incrementAndGet, (ex) -> false);
			}
		});
		assertThat(history.operations()).hasSize(1000);
		LinearizabilityAssertions.assertLinearizable("atomic-counter", history, new CounterModel(), this.format);
	}

	@Test
	void threadsThatLoseAnUpdateAreNotAndTheHistoryIsKept() throws InterruptedException {
		CyclicBarrier bothHaveRead = new CyclicBarrier(2);
		AtomicLong counter = new AtomicLong();
		History<CounterModel.Input, Long> history = new History<>();
		inParallel(2,
				() -> history.perform(Thread.currentThread().getName(), CounterModel.Input.addAndGet("k", 1), () -> {
					long read = counter.get();
					bothHaveRead.await();
					counter.set(read + 1);
					return read + 1;
				}, (ex) -> false));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> LinearizabilityAssertions.assertLinearizable("history-tests-lost-update", history,
					new CounterModel(), this.format))
			.withMessageContaining("INVALID")
			.withMessageContaining("has 1 of 2 operations");
		Path kept = Path.of("target/histories/history-tests-lost-update.jsonl");
		assertThat(this.format.read(kept).operations()).isEqualTo(history.operations());
	}

	private static void inParallel(int threads, Runnable task) throws InterruptedException {
		List<Thread> running = IntStream.range(0, threads).mapToObj((index) -> new Thread(task, "p" + index)).toList();
		running.forEach(Thread::start);
		for (Thread thread : running) {
			thread.join();
		}
	}

	private static <T> T throwing(Exception ex) throws Exception {
		throw ex;
	}

}
