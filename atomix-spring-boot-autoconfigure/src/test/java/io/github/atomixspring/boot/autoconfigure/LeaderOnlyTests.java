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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.NotLeaderException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LeaderOnly @LeaderOnly}.
 */
class LeaderOnlyTests {

	private final TestAtomix node = TestAtomix.create();

	@Test
	void runsWhileLeaderAndSkipsOtherwise() {
		this.node.contextRunner().withUserConfiguration(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			work.run();
			assertThat(work.runs()).isZero();
			elect("main");
			work.run();
			assertThat(work.runs()).isOne();
			this.node.election("main").expireLease();
			work.run();
			assertThat(work.runs()).isOne();
		});
	}

	@Test
	void skippedMethodReturnsEmptyValue() {
		this.node.contextRunner().withUserConfiguration(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			assertThat(work.object()).isNull();
			assertThat(work.optional()).isEmpty();
			assertThat(work.stream()).isEmpty();
			assertThat(work.future()).isCompletedWithValue(null);
			assertThat(work.mono().blockOptional()).isEmpty();
			assertThat(work.flux().collectList().block()).isEmpty();
			elect("main");
			assertThat(work.object()).isEqualTo("done");
			assertThat(work.optional()).hasValue("done");
			assertThat(work.mono().block()).isEqualTo("done");
		});
	}

	@Test
	void throwsWhenAskedTo() {
		this.node.contextRunner().withUserConfiguration(Throwing.class).run((context) -> {
			Throwing throwing = context.getBean(Throwing.class);
			assertThatExceptionOfType(NotLeaderException.class).isThrownBy(throwing::count)
				.withMessageContaining("Throwing.count")
				.withMessageContaining("'main'");
			assertThat(throwing.future()).isCompletedExceptionally();
			elect("main");
			assertThat(throwing.count()).isEqualTo(42);
		});
	}

	@Test
	void fillsLeadershipParameter() {
		this.node.contextRunner().withUserConfiguration(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			elect("main");
			Leadership leadership = work.leadership("text", null);
			assertThat(leadership).isNotNull();
			assertThat(leadership.term()).isEqualTo(1);
			assertThat(leadership.election()).isEqualTo("main");
			assertThat(leadership.isLeader()).isTrue();
			assertThat(work.current()).hasValue(1L);
			assertThat(Leadership.current()).isEmpty();
		});
	}

	@Test
	void resolvesPlaceholdersAndExpressions() {
		this.node.contextRunner()
			.withPropertyValues("demo.election=from-property")
			.withUserConfiguration(Names.class)
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections())
				.containsExactlyInAnyOrder("from-property", "from-bean"));
	}

	@Test
	void defaultElectionIsThatOfThePropertyThenTheApplication() {
		this.node.contextRunner()
			.withUserConfiguration(DefaultName.class)
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections())
				.containsExactly("application"));
		this.node.contextRunner()
			.withUserConfiguration(DefaultName.class)
			.withPropertyValues("spring.application.name=shop")
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections()).containsExactly("shop"));
		this.node.contextRunner()
			.withUserConfiguration(DefaultName.class)
			.withPropertyValues("spring.application.name=shop", "atomix.leader.election=boss")
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections()).containsExactly("boss"));
	}

	@Test
	void typeLevelAnnotationGuardsAllMethodsButThoseOfObject() {
		this.node.contextRunner().withUserConfiguration(GuardedType.class).run((context) -> {
			GuardedType guarded = context.getBean(GuardedType.class);
			assertThat(guarded.one()).isNull();
			assertThat(guarded.inherited()).isNull();
			assertThat(guarded.toString()).isEqualTo("guarded");
			elect("type");
			assertThat(guarded.one()).isEqualTo("one");
			assertThat(guarded.inherited()).isEqualTo("inherited");
		});
	}

	@Test
	void methodLevelAnnotationWinsOverType() {
		this.node.contextRunner().withUserConfiguration(GuardedType.class).run((context) -> {
			GuardedType guarded = context.getBean(GuardedType.class);
			assertThatExceptionOfType(NotLeaderException.class).isThrownBy(guarded::other);
			assertThat(context.getBean(LeaderElections.class).elections()).containsExactlyInAnyOrder("type", "other");
		});
	}

	@Test
	void supportsMetaAnnotation() {
		this.node.contextRunner().withUserConfiguration(Meta.class).run((context) -> {
			assertThat(context.getBean(LeaderElections.class).elections()).containsExactly("nightly");
			assertThat(context.getBean(Meta.class).run()).isNull();
		});
	}

	@Test
	void oneCandidacyForSeveralMethodsOfOneElection() {
		this.node.contextRunner().withUserConfiguration(Work.class, Throwing.class).run((context) -> {
			await().until(() -> !this.node.election("main").candidates().isEmpty());
			assertThat(this.node.election("main").observers()).isOne();
		});
	}

	@Test
	void beanCreatedLateEntersItsElection() {
		this.node.contextRunner().withUserConfiguration(LazyBean.class).run((context) -> {
			assertThat(context.getBean(LeaderElections.class).elections()).isEmpty();
			context.getBean(Work.class);
			assertThat(context.getBean(LeaderElections.class).elections()).containsExactly("main");
		});
	}

	@Test
	void entersElectionsOfProperties() {
		this.node.contextRunner()
			.withPropertyValues("atomix.leader.elections=a,b")
			.run((context) -> assertThat(context.getBean(LeaderElections.class).elections()).containsExactly("a", "b"));
	}

	@Test
	void reactiveMethodIsCheckedAndCalledAtEachSubscription() {
		this.node.contextRunner().withUserConfiguration(Reactive.class).run((context) -> {
			Reactive reactive = context.getBean(Reactive.class);
			Mono<Long> mono = reactive.mono(null);
			Flux<Long> flux = reactive.flux();
			assertThatExceptionOfType(NotLeaderException.class).isThrownBy(mono::block);
			assertThat(flux.collectList().block()).isEmpty();
			elect("main");
			assertThat(mono.block()).isEqualTo(1);
			assertThat(flux.collectList().block()).containsExactly(1L, 1L);
			this.node.election("main").electOurs();
			assertThat(mono.block()).isEqualTo(2);
			assertThat(Leadership.current()).isEmpty();
		});
	}

	@Test
	void inheritedMethodHasTheElectionOfEachSubclass() {
		this.node.contextRunner().withUserConfiguration(GuardedType.class, OtherType.class).run((context) -> {
			elect("type");
			assertThat(context.getBean(GuardedType.class).inherited()).isEqualTo("inherited");
			assertThat(context.getBean(OtherType.class).inherited()).isNull();
		});
	}

	@Test
	void failsForLeadershipOfTheCoreThatWouldStayEmpty() {
		assertStartFails(WrongParameter.class).hasMessageContaining("WrongParameter.run")
			.hasMessageContaining("'io.github.atomixspring.election.Leadership'");
	}

	@Test
	void failsForClassThatCannotBeExtended() {
		assertStartFails(FinalType.class).hasMessageContaining("FinalType.run").hasMessageContaining("is final");
	}

	@Test
	void failsForNameThatCannotBeResolved() {
		assertStartFails(Unresolved.class).hasMessageContaining("'${missing}'")
			.hasMessageContaining("@LeaderOnly on method")
			.hasMessageContaining("Unresolved.run");
		assertStartFails(Blank.class).hasMessageContaining("blank name");
		assertStartFails(TooLong.class).hasMessageContaining("300 characters");
	}

	private AbstractThrowableAssert<?, ?> assertStartFails(Class<?> bean) {
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
		assertThat(cause).isNotNull();
		return assertThat(cause);
	}

	@Test
	void failsForPrimitiveReturnTypeThatIsSkipped() {
		this.node.contextRunner()
			.withUserConfiguration(PrimitiveReturn.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAnnotationException.class)
				.hasMessageContaining("PrimitiveReturn.count")
				.hasMessageContaining("'int'"));
	}

	@Test
	void failsForMethodThatCannotBeIntercepted() {
		this.node.contextRunner()
			.withUserConfiguration(PrivateMethod.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidAnnotationException.class)
				.hasMessageContaining("would have no effect"));
	}

	private void elect(String election) {
		await().until(() -> !this.node.election(election).candidates().isEmpty());
		this.node.election(election).electOurs();
	}

	static class Work {

		private int runs;

		@LeaderOnly("main")
		void run() {
			this.runs++;
		}

		@LeaderOnly("main")
		@Nullable String object() {
			return "done";
		}

		@LeaderOnly("main")
		Optional<String> optional() {
			return Optional.of("done");
		}

		@LeaderOnly("main")
		Stream<String> stream() {
			return Stream.of("done");
		}

		@LeaderOnly("main")
		CompletableFuture<String> future() {
			return CompletableFuture.completedFuture("done");
		}

		@LeaderOnly("main")
		Mono<String> mono() {
			return Mono.just("done");
		}

		@LeaderOnly("main")
		Flux<String> flux() {
			return Flux.just("done");
		}

		@LeaderOnly("main")
		Leadership leadership(String text, @Nullable Leadership leadership) {
			assertThat(text).isEqualTo("text");
			assertThat(leadership).isNotNull();
			return leadership;
		}

		@LeaderOnly("main")
		Optional<Long> current() {
			return Leadership.current().map(Leadership::term);
		}

		int runs() {
			return this.runs;
		}

	}

	static class Throwing {

		@LeaderOnly(election = "main", otherwise = Otherwise.THROW)
		int count() {
			return 42;
		}

		@LeaderOnly(election = "main", otherwise = Otherwise.THROW)
		CompletableFuture<String> future() {
			return CompletableFuture.completedFuture("done");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Names {

		@Bean
		String electionName() {
			return "from-bean";
		}

		@Bean
		NamedWork namedWork() {
			return new NamedWork();
		}

	}

	static class NamedWork {

		@LeaderOnly("${demo.election}")
		void placeholder() {
		}

		@LeaderOnly("#{@electionName}")
		void expression() {
		}

	}

	static class DefaultName {

		@LeaderOnly
		void run() {
		}

	}

	static class Base {

		@Nullable String inherited() {
			return "inherited";
		}

	}

	@LeaderOnly("type")
	static class GuardedType extends Base {

		@Nullable String one() {
			return "one";
		}

		@LeaderOnly(election = "other", otherwise = Otherwise.THROW)
		void other() {
		}

		@Override
		public String toString() {
			return "guarded";
		}

	}

	@LeaderOnly
	@Retention(RetentionPolicy.RUNTIME)
	@interface Nightly {

		@AliasFor(annotation = LeaderOnly.class, attribute = "election")
		String election() default "nightly";

	}

	static class Meta {

		@Nightly
		@Nullable String run() {
			return "done";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBean {

		@Bean
		@Lazy
		Work work() {
			return new Work();
		}

	}

	static class PrimitiveReturn {

		@LeaderOnly("main")
		int count() {
			return 42;
		}

	}

	static class PrivateMethod {

		@LeaderOnly("main")
		private void run() {
		}

	}

	static class Reactive {

		@LeaderOnly(election = "main", otherwise = Otherwise.THROW)
		Mono<Long> mono(@Nullable Leadership leadership) {
			assertThat(leadership).isNotNull();
			assertThat(Leadership.current()).containsSame(leadership);
			return Mono.just(leadership.term());
		}

		@LeaderOnly("main")
		Flux<Long> flux() {
			long term = Leadership.current().orElseThrow().term();
			return Flux.deferContextual((context) -> Flux.just(term, context.<Leadership>get(Leadership.class).term()));
		}

	}

	@LeaderOnly("other")
	static class OtherType extends Base {

	}

	static class WrongParameter {

		@LeaderOnly("main")
		void run(io.github.atomixspring.election.Leadership leadership) {
		}

	}

	record FinalType() {

		@LeaderOnly("main")
		void run() {
		}

	}

	static class Unresolved {

		@LeaderOnly("${missing}")
		void run() {
		}

	}

	static class Blank {

		@LeaderOnly("#{' '}")
		void run() {
		}

	}

	static class TooLong {

		@LeaderOnly("#{'n'.repeat(300)}")
		void run() {
		}

	}

}
