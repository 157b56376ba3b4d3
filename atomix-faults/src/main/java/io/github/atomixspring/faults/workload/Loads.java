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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.faults.node.NodeConfig;
import io.github.atomixspring.faults.node.RunOrder;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of one process and their callers.
 */
public final class Loads {

	static final int CALLERS = 2;

	private final Atomix atomix;

	private final Atomix reader;

	private final String process;

	private final Journals journals;

	private final Map<String, Progress> progress = new ConcurrentHashMap<>();

	private final Map<String, Load> loads = new LinkedHashMap<>();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private volatile boolean stopped;

	/**
	 * Creates the workloads, of which none runs.
	 * @param atomix the node
	 * @param reader a client for those who only read
	 * @param config what the process is
	 */
	public Loads(Atomix atomix, Atomix reader, NodeConfig config) {
		this.atomix = atomix;
		this.reader = reader;
		this.process = config.id() + "-" + config.incarnation();
		this.journals = new Journals(Path.of(config.journals()));
	}

	/**
	 * Begins.
	 * @param order with what
	 * @return nothing
	 */
	public synchronized @Nullable Object start(RunOrder order) {
		for (String name : order.workloads()) {
			Progress counted = this.progress.computeIfAbsent(name, (absent) -> new Progress());
			Load load = Workload.of(name)
				.open(new Surroundings(this.atomix, this.reader, this.process, order.epoch(), this.journals, counted));
			this.loads.put(name, load);
			for (int i = 0; i < CALLERS; i++) {
				String caller = "%s-%s-%d".formatted(this.process, name, i);
				int index = i;
				Random random = new Random(31 * order.seed() + caller.hashCode());
				Thread thread = new Thread(() -> run(load, new Caller(caller, index, random), order.paceMillis()),
						caller);
				thread.setDaemon(true);
				this.threads.add(thread);
				thread.start();
			}
		}
		return null;
	}

	private void run(Load load, Caller caller, long paceMillis) {
		try {
			while (!this.stopped) {
				load.call(caller);
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(paceMillis));
			}
		}
		catch (PrimitiveClosedException ex) {
			// The process is being stopped, and its node is closed before it ends.
		}
		catch (Exception | AssertionError ex) {
			StringWriter text = new StringWriter();
			ex.printStackTrace(new PrintWriter(text));
			note(caller.process() + ": " + text);
		}
	}

	/**
	 * Keeps a problem also beyond the end of the process.
	 * @param problem the problem
	 */
	private synchronized void note(String problem) {
		try {
			Files.writeString(this.journals.file(Journals.PROBLEMS, this.process), problem + "\n",
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(problem, ex);
		}
	}

	/**
	 * Lets the callers end their last calls.
	 * @return nothing
	 * @throws InterruptedException if the thread is interrupted
	 */
	public @Nullable Object stop() throws InterruptedException {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join(TimeUnit.SECONDS.toMillis(Load.CALL_SECONDS));
			if (thread.isAlive()) {
				note(thread.getName() + " does not end its call");
			}
		}
		return null;
	}

	/**
	 * Makes the last calls of all, in this process.
	 * @return what all processes have to wait for, by workload
	 * @throws Exception if they cannot be made
	 */
	public synchronized Map<String, String> finish() throws Exception {
		Map<String, String> last = new LinkedHashMap<>();
		for (Map.Entry<String, Load> entry : this.loads.entrySet()) {
			Caller caller = new Caller(this.process + "-" + entry.getKey() + "-last", 0, new Random(1));
			String awaited = entry.getValue().finish(caller);
			if (awaited != null) {
				last.put(entry.getKey(), awaited);
			}
		}
		return last;
	}

	/**
	 * Waits for what the last calls have caused here.
	 * @param last what is to be waited for, by workload
	 * @return nothing
	 * @throws Exception if it does not come
	 */
	public synchronized @Nullable Object settle(Map<String, String> last) throws Exception {
		for (Map.Entry<String, String> entry : last.entrySet()) {
			Load load = this.loads.get(entry.getKey());
			if (load != null) {
				load.settle(entry.getValue());
			}
		}
		return null;
	}

	/**
	 * Returns how many calls were refused since the disks are full.
	 * @return the number
	 */
	public long refused() {
		return this.progress.values().stream().mapToLong(Progress::refused).sum();
	}

	/**
	 * Returns how many calls have succeeded in this process.
	 * @return the numbers by workload
	 */
	public Map<String, Long> successes() {
		Map<String, Long> successes = new LinkedHashMap<>();
		this.progress.forEach((name, counted) -> successes.put(name, counted.successes()));
		return successes;
	}

}
