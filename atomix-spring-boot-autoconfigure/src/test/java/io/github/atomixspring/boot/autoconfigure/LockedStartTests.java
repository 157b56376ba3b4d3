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

package io.github.atomixspring.boot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Otherwise;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link Locked @Locked} refuses at the start.
 */
class LockedStartTests {

	private final TestAtomix node = TestAtomix.create();

	@Test
	void failsWithoutName() {
		assertThatStart(NoName.class).hasMessageContaining("NoName.run").hasMessageContaining("has no name");
	}

	@Test
	void failsForPlaceholderThatIsNotSet() {
		assertThatStart(Placeholder.class).hasMessageContaining("'order-${missing}'")
			.hasMessageContaining("'lock'")
			.hasMessageContaining("Placeholder.run");
	}

	@Test
	void failsForExpressionWithUnknownParameter() {
		assertThatStart(Expression.class).hasMessageContaining("#ids").hasMessageContaining("[id]");
	}

	@Test
	void failsForDurationsThatAreNone() {
		assertThatStart(Wait.class).hasMessageContaining("'maxWait'").hasMessageContaining("'soon'");
		assertThatStart(NegativeWait.class).hasMessageContaining("'-1s'").hasMessageContaining("negative");
		assertThatStart(Lease.class).hasMessageContaining("'lease'").hasMessageContaining("longer than zero");
	}

	@Test
	void failsForMethodThatCannotBeIntercepted() {
		assertThatStart(PrivateMethod.class).hasMessageContaining("would have no effect");
		assertThatStart(FinalMethod.class).hasMessageContaining("would have no effect");
		assertThatStart(FinalClass.class).hasMessageContaining("the class is final");
	}

	@Test
	void finalClassWithInterfaceNeedsItsInterface() {
		this.node.contextRunner()
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(Command.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Runnable.class));
	}

	@Test
	void failsForPrimitiveReturnTypeThatIsSkipped() {
		assertThatStart(PrimitiveReturn.class).hasMessageContaining("'int'");
	}

	@Test
	void failsForResultWhoseEndCannotBeKnown() {
		assertThatStart(PlainFuture.class).hasMessageContaining("cannot know when its work has ended")
			.hasMessageContaining("java.util.concurrent.Future");
		assertThatStart(OwnFuture.class).hasMessageContaining("OwnFuture");
	}

	@Test
	void failsForHandleThatWouldStayEmpty() {
		assertThatStart(Handle.class).hasMessageContaining(LockHandle.class.getName());
	}

	@Test
	void startsWithoutReactor() {
		this.node.contextRunner()
			.withClassLoader(new FilteredClassLoader("reactor", "org.reactivestreams"))
			.withUserConfiguration(Good.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Good.class)).isNotNull();
			});
	}

	private AbstractThrowableAssert<?, ?> assertThatStart(Class<?> bean) {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		this.node.contextRunner()
			.withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
			.withUserConfiguration(bean)
			.run((context) -> {
				assertThat(context).hasFailed();
				failure.complete(context.getStartupFailure());
			});
		Throwable cause = failure.join();
		while (cause != null && !(cause instanceof InvalidAnnotationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).isInstanceOfSatisfying(InvalidAnnotationException.class,
				(invalid) -> assertThat(invalid.getAction()).isNotBlank());
		return assertThat(cause);
	}

	static class NoName {

		@Locked
		void run() {
		}

	}

	static class Placeholder {

		@Locked("order-${missing}")
		void run() {
		}

	}

	static class Expression {

		@Locked("order-#{#ids}")
		void run(int id) {
		}

	}

	static class Wait {

		@Locked(lock = "a", maxWait = "soon")
		void run() {
		}

	}

	static class NegativeWait {

		@Locked(lock = "a", maxWait = "-1s")
		void run() {
		}

	}

	static class Lease {

		@Locked(lock = "a", lease = "0")
		void run() {
		}

	}

	static class PrivateMethod {

		@Locked("a")
		private void run() {
		}

	}

	static class FinalMethod {

		@Locked("a")
		final void run() {
		}

	}

	record FinalClass() {

		@Locked("a")
		void run() {
		}

	}

	record Command() implements Runnable {

		@Override
		@Locked("a")
		public void run() {
		}

	}

	static class PrimitiveReturn {

		@Locked(lock = "a", otherwise = Otherwise.SKIP)
		int count() {
			return 42;
		}

	}

	static class PlainFuture {

		@Locked("a")
		Future<String> run() {
			return CompletableFuture.completedFuture("done");
		}

	}

	static class OwnFuture {

		@Locked("a")
		Own run() {
			return new Own();
		}

		static class Own extends CompletableFuture<String> {

		}

	}

	static class Handle {

		@Locked("a")
		void run(LockHandle handle) {
		}

	}

	// Public for the proxy, whose class loader is another.
	public static class Good {

		@Locked("order-#{#id}")
		public CompletableFuture<String> run(int id) {
			return CompletableFuture.completedFuture("done");
		}

	}

}
