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

package io.github.atomixspring.faults.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.faults.workload.Loads;
import org.jspecify.annotations.Nullable;

/**
 * The process of a node: reads requests from its input and answers them on its output,
 * where it also tells how it is. Ends when its input ends, so that it does not outlive
 * the suite.
 */
public final class NodeProcess {

	private static final long VIEW_MILLIS = 200;

	private final Lines lines = new Lines();

	private final PrintStream out;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Node node;

	private final Loads loads;

	private NodeProcess(PrintStream out, NodeConfig config) {
		this.out = out;
		this.node = Node.start(config);
		this.loads = new Loads(this.node.atomix(), this.node.reader(), config);
	}

	/**
	 * Runs the process.
	 * @param args not used: they tell the process from others
	 * @throws IOException if the suite cannot be heard
	 */
	public static void main(String[] args) throws IOException {
		PrintStream out = System.out;
		System.setOut(System.err);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		String config = in.readLine();
		if (config != null) {
			new NodeProcess(out, new Lines().readConfig(config)).serve(in);
		}
		// There may be callers and threads of the node that would keep the process.
		Runtime.getRuntime().halt(0);
	}

	private void serve(BufferedReader in) throws IOException {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		timer.scheduleWithFixedDelay(this::tellView, 0, VIEW_MILLIS, TimeUnit.MILLISECONDS);
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			Lines.Request request = this.lines.readRequest(line);
			if (request.command().equals("exit")) {
				this.node.close();
				return;
			}
			this.executor.execute(() -> answer(request));
		}
	}

	private void tellView() {
		try {
			say(new Lines.Message(0, null, null, this.node.view(this.loads.successes(), this.loads.refused())));
		}
		catch (RuntimeException ex) {
			// The timer would say nothing any more, and nobody would know why.
			ex.printStackTrace();
			Runtime.getRuntime().halt(3);
		}
	}

	private void answer(Lines.Request request) {
		try {
			perform(request).whenComplete((answer, failure) -> answer(request, answer, failure));
		}
		catch (Exception ex) {
			answer(request, null, ex);
		}
	}

	private void answer(Lines.Request request, @Nullable Object answer, @Nullable Throwable failure) {
		if (failure != null) {
			failure.printStackTrace();
			say(new Lines.Message(request.id(), null, failure.toString(), null));
		}
		else {
			say(new Lines.Message(request.id(), this.lines.tree(answer), null, null));
		}
	}

	private CompletableFuture<?> perform(Lines.Request request) throws Exception {
		return switch (request.command()) {
			case "run" -> done(this.loads.start(this.lines.value(request.argument(), RunOrder.class)));
			case "halt" -> done(this.loads.stop());
			case "filter" -> {
				this.node.block(Set.of(this.lines.value(request.argument(), Direction[].class)));
				yield done(null);
			}
			case "finish" -> done(this.loads.finish());
			case "settle" -> done(this.loads.settle(this.lines.texts(request.argument())));
			case "verify" -> this.node.verify();
			case "add" -> this.node.add(this.lines.value(request.argument(), Member.class));
			case "remove" -> this.node.remove(this.lines.value(request.argument(), String.class));
			default -> throw new IllegalArgumentException("Unknown command '" + request.command() + "'");
		};
	}

	private static CompletableFuture<?> done(@Nullable Object answer) {
		return CompletableFuture.completedFuture(answer);
	}

	private synchronized void say(Lines.Message message) {
		this.out.println(this.lines.write(message));
		this.out.flush();
	}

}
