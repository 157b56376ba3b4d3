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

package io.github.atomixspring.election;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The wish of this node that a candidate takes part. Touched in the mailbox only.
 */
final class Candidacy {

	private final String name;

	private final List<CompletableFuture<Leadership>> callers = new ArrayList<>();

	private long attempt;

	private boolean entered;

	/**
	 * Creates a candidacy that is not entered yet.
	 * @param name the name of the candidate
	 */
	Candidacy(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	/**
	 * Starts a new attempt; answers to older ones do not count any more.
	 * @return the number of the attempt
	 */
	long nextAttempt() {
		return ++this.attempt;
	}

	long attempt() {
		return this.attempt;
	}

	boolean isCurrent(long number) {
		return this.attempt == number;
	}

	boolean isEntered() {
		return this.entered;
	}

	void entered(boolean newEntered) {
		this.entered = newEntered;
	}

	boolean hasCallers() {
		return !this.callers.isEmpty();
	}

	void addCaller(CompletableFuture<Leadership> caller) {
		this.callers.add(caller);
	}

	boolean removeCaller(CompletableFuture<Leadership> caller) {
		return this.callers.remove(caller);
	}

	/**
	 * Answers all who wait.
	 * @param answer completes the future of one
	 */
	void answer(Consumer<CompletableFuture<Leadership>> answer) {
		List<CompletableFuture<Leadership>> waiting = List.copyOf(this.callers);
		this.callers.clear();
		waiting.forEach(answer);
	}

}
