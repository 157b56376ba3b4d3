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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs a member or a client, and load steps in the threads of this process, as told by
 * lines of the standard input. It ends with its input, so it does not outlive its parent.
 * <p>
 * Lines: {@code leader} is answered by {@code true} or {@code false}; {@code run STEP
 * MILLIS} by {@code result} and a {@link StepResult}. What the process says itself begins
 * with {@value #MARK}.
 */
public final class WorkerProcess {

	static final String MARK = "@@ ";

	static final String CLIENT = "client";

	private WorkerProcess() {
	}

	/**
	 * Runs the process.
	 * @param args system, member or {@value #CLIENT}, topology, directory
	 * @throws Exception if the node cannot start
	 */
	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		SystemType type = SystemType.valueOf(args[0]);
		String self = args[1];
		Topology topology = Topology.parse(args[2]);
		KeyValueSystem system = self.equals(CLIENT) ? type.client(topology)
				: type.member(topology, self, Path.of(args[3]));
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		Workload workload = new Workload(system, self);
		say(out, "ready");
		try {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				say(out, answer(line, system, workload));
			}
		}
		catch (IOException ex) {
			say(out, "failed " + ex);
		}
		// The threads of the node would keep the process; what it wrote is thrown away.
		System.exit(0);
	}

	private static String answer(String line, KeyValueSystem system, Workload workload) throws InterruptedException {
		String[] words = line.split(" ");
		return switch (words[0]) {
			case "leader" -> Boolean.toString(system.isLeader());
			case "run" -> workload.run(Step.valueOf(words[1]), Duration.ofMillis(Long.parseLong(words[2]))).format();
			default -> "failed unknown line " + line;
		};
	}

	private static void say(PrintStream out, String text) {
		out.println(MARK + text);
		out.flush();
	}

}
