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

package io.github.atomixspring.proxy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

import io.github.atomixspring.protocol.Result;

/**
 * The wish of one owner to be granted something, see {@link Waits}. It is put to the
 * cluster under a number, and under a new one where it is put again. All but the outcome
 * is touched in the mailbox only.
 *
 * @param <T> the type of what is granted
 */
public final class Wait<T> {

	private final LongFunction<CompletableFuture<Result>> request;

	private final CompletableFuture<Optional<T>> outcome;

	private long number;

	private boolean queued;

	private boolean ceasing;

	/**
	 * How many commands with the present number are not answered.
	 */
	private int asked;

	Wait(LongFunction<CompletableFuture<Result>> request, CompletableFuture<Optional<T>> outcome) {
		this.request = request;
		this.outcome = outcome;
	}

	/**
	 * Returns the outcome.
	 * @return what was granted, or empty if it was refused or the time ran out
	 */
	public CompletableFuture<Optional<T>> outcome() {
		return this.outcome;
	}

	/**
	 * Returns the number under which it was granted. Only for the owner of a grant, or in
	 * the mailbox.
	 * @return the number
	 */
	public long number() {
		return this.number;
	}

	CompletableFuture<Result> ask() {
		this.asked++;
		return this.request.apply(this.number);
	}

	boolean isGranted() {
		return this.outcome.isDone() && !this.outcome.isCompletedExceptionally() && this.outcome.join().isPresent();
	}

	void answered(long answeredNumber) {
		if (answeredNumber == this.number) {
			this.asked--;
		}
	}

	boolean isAsked() {
		return this.asked > 0;
	}

	void renumber(long newNumber) {
		this.number = newNumber;
		this.queued = false;
		this.asked = 0;
	}

	boolean isCeasing() {
		return this.ceasing;
	}

	void cease() {
		this.ceasing = true;
	}

	boolean isQueued() {
		return this.queued;
	}

	void queued() {
		this.queued = true;
	}

}
