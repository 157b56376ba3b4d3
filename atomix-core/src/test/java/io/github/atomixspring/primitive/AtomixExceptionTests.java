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

package io.github.atomixspring.primitive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixException}.
 */
class AtomixExceptionTests {

	private final AtomixException failure = new AtomixException("test");

	@Test
	void whatFuturesWrapAroundAFailureIsTakenOff() {
		AtomicReference<Throwable> told = new AtomicReference<>();
		CompletableFuture.failedFuture(this.failure).thenApply((value) -> value).whenComplete((value, ex) -> {
			assertThat(ex).isInstanceOf(CompletionException.class);
			told.set(AtomixException.unwrap(ex));
		});
		assertThat(told.get()).isSameAs(this.failure);
		assertThat(AtomixException.unwrap(new CompletionException(new CompletionException(this.failure))))
			.isSameAs(this.failure);
	}

	@Test
	void failureThatIsNotWrappedStaysAsItIs() {
		AtomixException caused = new AtomixException("test", new IllegalStateException());
		CompletionException bare = new CompletionException("test", null);
		assertThat(AtomixException.unwrap(caused)).isSameAs(caused);
		assertThat(AtomixException.unwrap(bare)).isSameAs(bare);
	}

}
