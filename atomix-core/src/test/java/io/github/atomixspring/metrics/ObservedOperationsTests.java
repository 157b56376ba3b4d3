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

package io.github.atomixspring.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedOperations}.
 */
class ObservedOperationsTests {

	private final ObservedOperations operations = new ObservedOperations();

	private final Recorder recorder = new Recorder();

	@Test
	void nothingIsMeasuredWithoutObserver() {
		assertThat(this.operations.isObserved()).isFalse();
		assertThat(begin().getClass()).isEqualTo(CompletableFuture.class);
	}

	@Test
	void observerIsToldOfBeginAndEnd() {
		this.operations.add(this.recorder);
		CompletableFuture<Optional<String>> future = begin();
		assertThat(this.recorder.told).containsExactly("WAIT LOCK l started");
		future.complete(Optional.of("granted"));
		assertThat(this.recorder.told).containsExactly("WAIT LOCK l started", "WAIT LOCK SUCCESS context");
	}

	@Test
	void observerIsToldBeforeThoseWhoWait() {
		this.operations.add(this.recorder);
		List<Integer> seen = new ArrayList<>();
		CompletableFuture<Optional<String>> future = begin();
		future.thenRun(() -> seen.add(this.recorder.told.size()));
		future.complete(Optional.of("granted"));
		assertThat(seen).containsExactly(2);
	}

	@Test
	void endIsToldOnce() {
		this.operations.add(this.recorder);
		CompletableFuture<Optional<String>> future = begin();
		future.complete(Optional.empty());
		future.completeExceptionally(new UnavailableException("late", null));
		future.cancel(true);
		assertThat(this.recorder.outcomes()).containsExactly("REFUSED");
	}

	@Test
	void outcomeTellsWhatAFailureMeans() {
		this.operations.add(this.recorder);
		for (RuntimeException failure : List.of(new UnavailableException("a", null),
				new UnknownOutcomeException("1/2", "b", null), new LimitExceededException("c"),
				new CommandRejectedException("d", 5), new ConfigurationMismatchException("e"),
				new PrimitiveClosedException("f"), new IllegalStateException("g"))) {
			begin().completeExceptionally(failure);
		}
		begin().cancel(true);
		assertThat(this.recorder.outcomes()).containsExactly("UNAVAILABLE", "UNKNOWN", "LIMIT", "REJECTED", "REJECTED",
				"CANCELLED", "ERROR", "CANCELLED");
	}

	@Test
	void observersAreToldOfLocalReads() {
		this.operations.readLocally();
		this.operations.add(this.recorder);
		this.operations.readLocally();
		assertThat(this.recorder.told).containsExactly("read locally");
	}

	@Test
	void failingObserverHarmsNobody() {
		this.operations.add(new OperationObserver() {

			@Override
			public void onLocalRead() {
				throw new IllegalStateException("read");
			}

			@Override
			public @Nullable Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
					boolean internal) {
				throw new IllegalStateException("started");
			}

			@Override
			public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
					@Nullable Object started, @Nullable Throwable failure) {
				throw new IllegalStateException("ended");
			}

		});
		this.operations.add(this.recorder);
		this.operations.readLocally();
		this.recorder.told.clear();
		CompletableFuture<Optional<String>> future = begin();
		assertThat(future.complete(Optional.of("granted"))).isTrue();
		assertThat(this.recorder.outcomes()).containsExactly("SUCCESS");
	}

	@Test
	void removedObserverIsToldOfNothingNew() {
		Registration registration = this.operations.add(this.recorder);
		registration.close();
		begin().complete(Optional.empty());
		assertThat(this.recorder.told).isEmpty();
		assertThat(this.operations.isObserved()).isFalse();
	}

	private CompletableFuture<Optional<String>> begin() {
		return this.operations.begin(OperationKind.WAIT, PrimitiveType.LOCK, "l", false, Optional::isEmpty);
	}

	/**
	 * Writes down what it is told.
	 */
	private static final class Recorder implements OperationObserver {

		private final List<String> told = new ArrayList<>();

		@Override
		public Object onStart(OperationKind kind, @Nullable PrimitiveType type, @Nullable String name,
				boolean internal) {
			this.told.add(kind + " " + type + " " + name + " started");
			return "context";
		}

		@Override
		public void onEnd(OperationKind kind, @Nullable PrimitiveType type, OperationOutcome outcome, long nanos,
				@Nullable Object started, @Nullable Throwable failure) {
			assertThat(nanos).isNotNegative();
			this.told.add(kind + " " + type + " " + outcome + " " + started);
		}

		@Override
		public void onLocalRead() {
			this.told.add("read locally");
		}

		List<String> outcomes() {
			return this.told.stream()
				.filter((text) -> !text.endsWith("started"))
				.map((text) -> text.split(" ")[2])
				.toList();
		}

	}

}
