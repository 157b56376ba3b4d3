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

package io.github.atomixspring.spring.messaging;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.spring.messaging.RunningCalls.Call;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunningCalls}.
 */
class RunningCallsTests {

	private final RunningCalls calls = new RunningCalls();

	@Test
	void closeIsDoneAtOnceWhenNothingRuns() {
		assertThat(this.calls.close()).isDone();
		assertThat(this.calls.begin()).isNull();
	}

	@Test
	void closeIsDoneWhenTheLastCallHasEnded() {
		Call first = this.calls.begin();
		Call second = this.calls.begin();
		CompletableFuture<Void> idle = this.calls.close();
		first.end();
		first.end();
		assertThat(idle).isNotDone();
		second.end();
		assertThat(idle).isDone();
	}

	@Test
	void callThatHasEndedBeforeDoesNotCount() {
		Call call = this.calls.begin();
		call.end();
		assertThat(this.calls.close()).isDone();
	}

	@Test
	void callThatClosesDoesNotWaitForItself() {
		Call own = this.calls.begin();
		Call other = this.calls.begin();
		own.run(() -> {
			CompletableFuture<Void> idle = this.calls.close();
			assertThat(idle).isNotDone();
			other.end();
			assertThat(idle).isDone();
		});
	}

}
