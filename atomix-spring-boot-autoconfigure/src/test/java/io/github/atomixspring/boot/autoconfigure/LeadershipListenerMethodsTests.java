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

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.OnLeadershipRevoked;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.SimpleTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link OnLeadershipGranted @OnLeadershipGranted} and
 * {@link OnLeadershipRevoked @OnLeadershipRevoked}.
 */
class LeadershipListenerMethodsTests {

	private final TestAtomix node = TestAtomix.create();

	private final Log log = new Log(new CopyOnWriteArrayList<>());

	private final ApplicationContextRunner contextRunner = this.node.contextRunner()
		.withBean(Log.class, () -> this.log);

	@Test
	void areCalledInOrderWithTheLeadership() {
		this.contextRunner.withUserConfiguration(Listeners.class).run((context) -> {
			elect("main");
			await().until(() -> this.log.lines.size() == 2);
			this.node.election("main").elect("other");
			await().until(() -> this.log.lines.size() == 4);
			assertThat(this.log.lines).containsExactly("first 1 current 1", "second", "stopped 1 leads false", "none");
		});
	}

	@Test
	void applicationBecomesCandidate() {
		this.contextRunner.withPropertyValues("spring.application.name=shop", "mine=from-property")
			.withUserConfiguration(Names.class)
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections())
				.containsExactlyInAnyOrder("shop", "from-property", "nightly"));
	}

	@Test
	void methodThatFailsHarmsNoOther() {
		this.contextRunner.withUserConfiguration(Failing.class).run((context) -> {
			elect("main");
			await().until(() -> this.log.lines.contains("after"));
			this.node.election("main").elect("other");
			await().until(() -> this.log.lines.contains("revoked"));
		});
	}

	@Test
	void lazyBeanIsMadeByTheFirstCall() {
		this.contextRunner.withUserConfiguration(LazyConfig.class).run((context) -> {
			assertThat(this.log.lines).isEmpty();
			elect("main");
			await().until(() -> this.log.lines.size() == 2);
			assertThat(this.log.lines).containsExactly("made", "granted");
		});
	}

	@Test
	void proxiesAreCalled() {
		this.contextRunner.withUserConfiguration(TransactionalConfig.class).run((context) -> {
			elect("main");
			await().until(() -> this.log.lines.size() == 2);
			assertThat(this.log.lines).containsExactly("begin", "granted");
		});
	}

	@Test
	void contextThatStopsCallsTheMethodsForTheEnd() {
		this.contextRunner.withUserConfiguration(Listeners.class).run((context) -> {
			elect("main");
			await().until(() -> this.log.lines.size() == 2);
		});
		assertThat(this.log.lines).hasSize(4).endsWith("stopped 1 leads false", "none");
	}

	@Test
	void failsForMethodThatCannotBeCalled() {
		assertFails(PrivateMethod.class, "PrivateMethod.run", "private or static");
		assertFails(StaticMethod.class, "private or static");
		assertFails(WrongParameter.class, "@OnLeadershipRevoked on method", "WrongParameter.run", "parameters");
		assertFails(TwoParameters.class, "parameters");
		assertFails(Returning.class, "'java.lang.String'");
	}

	private void assertFails(Class<?> bean, String... texts) {
		this.contextRunner.withUserConfiguration(bean)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidAnnotationException.class)
				.message()
				.contains(texts));
	}

	private void elect(String election) {
		await().until(() -> !this.node.election(election).candidates().isEmpty());
		this.node.election(election).electOurs();
	}

	/**
	 * What happened, in order.
	 *
	 * @param lines the lines
	 */
	record Log(List<String> lines) {

	}

	static class Listeners {

		private final Log log;

		Listeners(Log log) {
			this.log = log;
		}

		@OnLeadershipGranted("main")
		@Order(2)
		void second() {
			this.log.lines.add("second");
		}

		@OnLeadershipGranted("main")
		@Order(1)
		void first(Leadership leadership) {
			leadership.ensureLeader();
			this.log.lines.add("first " + leadership.term() + " current " + Leadership.current().orElseThrow().term());
		}

		@OnLeadershipRevoked("main")
		void revoked() {
			this.log.lines.add(Leadership.current().isPresent() ? "some" : "none");
		}

		@OnLeadershipRevoked("main")
		@Order(1)
		void stop(Leadership leadership) {
			this.log.lines.add("stopped " + leadership.term() + " leads " + leadership.isLeader());
		}

	}

	@OnLeadershipGranted
	@Retention(RetentionPolicy.RUNTIME)
	@interface Nightly {

		@AliasFor(annotation = OnLeadershipGranted.class, attribute = "election")
		String value() default "nightly";

	}

	static class Names {

		@OnLeadershipGranted
		void byDefault() {
		}

		@OnLeadershipRevoked("${mine}")
		void placeholder() {
		}

		@Nightly
		void meta() {
		}

	}

	static class Failing {

		private final Log log;

		Failing(Log log) {
			this.log = log;
		}

		@OnLeadershipGranted("main")
		@Order(1)
		void fail() throws IOException {
			throw new IOException("expected by the test");
		}

		@OnLeadershipGranted("main")
		@Order(2)
		void failToo() {
			throw new IllegalStateException("expected by the test");
		}

		@OnLeadershipGranted("main")
		@Order(3)
		void after() {
			this.log.lines.add("after");
		}

		@OnLeadershipRevoked("main")
		void revoked() {
			this.log.lines.add("revoked");
		}

	}

	static class Simple {

		private final Log log;

		Simple(Log log) {
			this.log = log;
		}

		@Transactional
		@OnLeadershipGranted("main")
		void granted() {
			this.log.lines.add("granted");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfig {

		@Bean
		@Lazy
		Simple simple(Log log) {
			log.lines.add("made");
			return new Simple(log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class TransactionalConfig {

		@Bean
		Simple simple(Log log) {
			return new Simple(log);
		}

		@Bean
		PlatformTransactionManager transactions(Log log) {
			PlatformTransactionManager transactions = mock(PlatformTransactionManager.class);
			given(transactions.getTransaction(any())).willAnswer((invocation) -> {
				log.lines.add("begin");
				return new SimpleTransactionStatus();
			});
			return transactions;
		}

	}

	static class PrivateMethod {

		@OnLeadershipGranted("main")
		private void run() {
		}

	}

	static class StaticMethod {

		@OnLeadershipGranted("main")
		static void run() {
		}

	}

	static class WrongParameter {

		@OnLeadershipRevoked("main")
		void run(CompletableFuture<String> other) {
		}

	}

	static class TwoParameters {

		@OnLeadershipGranted("main")
		void run(Leadership leadership, String more) {
		}

	}

	static class Returning {

		@OnLeadershipGranted("main")
		String run() {
			return "done";
		}

	}

}
