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

package io.github.atomixspring.faulttolerance;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.Model;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * A load whose calls are inputs and outputs of a model.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 */
abstract class RecordedLoad<I, O> extends Load {

	private final History<I, O> history = new History<>();

	private final Model<?, I, O> model;

	private final HistoryFormat<I, O> format;

	private final String name;

	private final AtomicInteger calls = new AtomicInteger();

	RecordedLoad(Nodes nodes, String name, Model<?, I, O> model, HistoryFormat<I, O> format) {
		super(nodes, name);
		this.name = name;
		this.model = model;
		this.format = format;
	}

	/**
	 * Returns a name that changes now and then: short histories are easier to judge.
	 * @param prefix how it begins
	 * @param times how often it is used
	 * @return the name
	 */
	String key(String prefix, int times) {
		return prefix + (this.calls.getAndIncrement() / times);
	}

	/**
	 * Makes and records a call.
	 * @param caller who calls
	 * @param input what is asked for
	 * @param call the call
	 * @return the answer, or null if there is none
	 * @throws Exception if it ends as it must not
	 */
	@Nullable O perform(Caller caller, I input, Supplier<CompletableFuture<O>> call) throws Exception {
		History<I, O>.Invocation invocation = this.history.invoke(caller.process(), input);
		try {
			O output = call.get().get(CALL_SECONDS, TimeUnit.SECONDS);
			invocation.ok(output);
			progress().ok();
			return output;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownOutcomeException) {
				invocation.unknown();
				progress().unknown();
			}
			else if (ex.getCause() instanceof AtomixException) {
				invocation.fail();
				progress().failed();
			}
			else {
				throw ex;
			}
			return null;
		}
	}

	@Override
	Verdict judge() {
		this.format.write(this.history, Path.of("target", "histories", this.name + ".jsonl"));
		return new LinearizabilityChecker<>(this.model).check(this.history);
	}

}
