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

package io.github.atomixspring.spring.integration;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.primitive.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link LockRequest}: the end of a wait that crosses its answer.
 */
class LockRequestTests {

	private final LockHandle handle = mock(LockHandle.class);

	private final CompletableFuture<Optional<LockHandle>> answer = new CompletableFuture<>();

	private final LockRequest<Optional<LockHandle>> request = new LockRequest<>((lock) -> this.answer,
			Function.identity());

	private final AsyncDistributedLock lock = mock(AsyncDistributedLock.class);

	@Test
	void interruptionWithdrawsTheRequest() {
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.request.perform(this.lock, interruptedAfter(() -> {
			})));
		assertThat(this.answer).isCancelled();
	}

	@Test
	void grantThatCrossesTheInterruptionIsGivenBack() {
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.request.perform(this.lock,
				interruptedAfter(() -> this.answer.complete(Optional.of(this.handle)))));
		then(this.handle).should().unlock();
	}

	@Test
	void refusalThatCrossesTheInterruptionIsNoGrant() {
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(
				() -> this.request.perform(this.lock, interruptedAfter(() -> this.answer.complete(Optional.empty()))));
		then(this.handle).shouldHaveNoInteractions();
	}

	@Test
	void failureIsPassedOnAsItIs() {
		UnavailableException failure = new UnavailableException("intentional", null);
		this.answer.completeExceptionally(failure);
		assertThatExceptionOfType(UnavailableException.class)
			.isThrownBy(() -> this.request.perform(this.lock, Wait.UNINTERRUPTIBLE))
			.isSameAs(failure);
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.request.perform(this.lock, interruptedAfter(() -> {
			})));
	}

	private static Wait<InterruptedException> interruptedAfter(Runnable event) {
		return new Wait<>() {

			@Override
			public <T extends @Nullable Object> T on(CompletableFuture<T> future) throws InterruptedException {
				event.run();
				throw new InterruptedException();
			}

		};
	}

}
