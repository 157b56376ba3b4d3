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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.BarrierMessages;
import io.github.atomixspring.proxy.Wait;

/**
 * The asynchronous face of a barrier.
 */
final class AsyncBarrierProxy implements AsyncDistributedCyclicBarrier {

	private final BarrierProxy barrier;

	/**
	 * Creates the face.
	 * @param barrier the barrier
	 */
	AsyncBarrierProxy(BarrierProxy barrier) {
		this.barrier = barrier;
	}

	@Override
	public CompletableFuture<Integer> await() {
		return expose(this.barrier.begin());
	}

	@Override
	public CompletableFuture<Integer> await(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.barrier.begin(timeout));
	}

	private CompletableFuture<Integer> expose(Wait<Passage> wait) {
		CompletableFuture<Integer> exposed = new CompletableFuture<>();
		wait.outcome().whenComplete((passage, ex) -> this.barrier.node().callbackExecutor().execute(() -> {
			if (ex != null) {
				exposed.completeExceptionally(ex);
			}
			else {
				complete(exposed, passage.orElse(Passage.UNKNOWN));
			}
		}));
		exposed.whenComplete((index, ex) -> {
			if (!wait.outcome().isDone()) {
				this.barrier.leave(wait);
			}
		});
		return exposed;
	}

	private void complete(CompletableFuture<Integer> exposed, Passage passage) {
		if (passage.end() == Passage.End.LEFT) {
			exposed.completeExceptionally(new TimeoutException("Not all parties arrived at the " + this.barrier));
			return;
		}
		try {
			exposed.complete(passage.requirePassed(this.barrier));
		}
		catch (BrokenBarrierException | UnknownOutcomeException ex) {
			exposed.completeExceptionally(ex);
		}
	}

	@Override
	public CompletableFuture<Void> reset() {
		return this.barrier.node().expose(this.barrier.resetAsync());
	}

	@Override
	public CompletableFuture<Integer> getNumberWaiting() {
		return this.barrier.node().expose(this.barrier.info().thenApply(BarrierMessages.State::waiting));
	}

	@Override
	public CompletableFuture<Boolean> isBroken() {
		return this.barrier.node().expose(this.barrier.info().thenApply(BarrierMessages.State::broken));
	}

}
