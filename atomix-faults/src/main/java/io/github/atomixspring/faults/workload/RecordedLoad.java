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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.HistoryJournal;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;

/**
 * A load whose calls are inputs and outputs of a model.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 */
abstract class RecordedLoad<I, O> implements Load {

	private final Surroundings surroundings;

	private final HistoryJournal<I, O> journal;

	private final History<I, O> history;

	RecordedLoad(Surroundings surroundings, String kind, HistoryFormat<I, O> format) {
		this.surroundings = surroundings;
		this.journal = format.journal(surroundings.journals().file(kind, surroundings.process()));
		this.history = new History<>(this.journal);
	}

	Surroundings surroundings() {
		return this.surroundings;
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
			this.surroundings.progress().ok();
			return output;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownOutcomeException) {
				invocation.unknown();
			}
			else if (ex.getCause() instanceof AtomixException failure) {
				invocation.fail();
				this.surroundings.progress().failed(failure);
			}
			else {
				throw ex;
			}
			return null;
		}
	}

	@Override
	public void close() {
		this.journal.close();
	}

}
