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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a user reads about listeners that cannot work.
 */
class ListenerFailureTests {

	private final ApplicationContextRunner contextRunner = TestAtomix.create().contextRunner();

	@Test
	void topicWithoutName() {
		assertFails(NoTopic.class).hasMessageContaining("@TopicListener on method")
			.hasMessageContaining("NoTopic.listen does not name a topic");
	}

	@Test
	void placeholderWithoutValue() {
		assertFails(
				this.contextRunner.withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
					.withUserConfiguration(Placeholder.class))
			.hasMessageContaining("nowhere");
	}

	@Test
	void placeholderThatIsBlank() {
		assertFails(this.contextRunner.withPropertyValues("nowhere= ").withUserConfiguration(Placeholder.class))
			.isInstanceOf(InvalidAnnotationException.class)
			.hasMessageContaining("has a blank 'topic', made of '${nowhere}'");
	}

	@Test
	void topicMethodWithTwoParameters() {
		assertFails(TwoParameters.class).hasMessageContaining("must have one parameter, the message, not 2");
	}

	@Test
	void openTypeParameter() {
		assertFails(OpenType.class).hasMessageContaining("does not say what it takes: 'java.util.List<?>'")
			.hasMessageContaining("open type parameter");
	}

	@Test
	void methodForGapsThatDoesNotExist() {
		assertFails(NoResync.class)
			.hasMessageContaining("names the method 'reload' by 'onResync', and " + NoResync.class.getName());
	}

	@Test
	void errorHandlerThatDoesNotExist() {
		assertFails(NoErrorHandler.class)
			.hasMessageContaining("names the error handler 'nobody', and there is no such bean");
	}

	@Test
	void errorHandlerOfAnotherType() {
		assertFails(WrongErrorHandler.class)
			.hasMessageContaining("names the error handler 'text', which is a java.lang.String");
	}

	@Test
	void resultThatNobodyWaitsFor() {
		assertFails(TopicFuture.class).hasMessageContaining("which nobody would wait for");
		assertFails(TaskFuture.class).hasMessageContaining("returns a 'java.util.concurrent.Future'");
		assertFails(TaskMono.class).hasMessageContaining("returns a 'reactor.core.publisher.Mono'");
	}

	@Test
	void concurrencyThatIsNoNumber() {
		assertFails(this.contextRunner.withPropertyValues("workers=many").withUserConfiguration(Concurrency.class))
			.isInstanceOf(InvalidAnnotationException.class)
			.hasMessageContaining("has the concurrency 'many' from ${workers}")
			.extracting((failure) -> ((InvalidAnnotationException) failure).getAction())
			.isEqualTo("Use a number from 1 to 1000");
	}

	@Test
	void explicitAcknowledgementWithoutTask() {
		assertFails(ExplicitWithoutTask.class).hasMessageContaining("has no parameter by which it could")
			.extracting((failure) -> ((InvalidAnnotationException) failure).getAction())
			.asString()
			.contains("Task<String>");
	}

	@Test
	void deadLettersWithoutLimit() {
		assertFails(DeadLettersWithoutLimit.class).hasMessageContaining("dead letters to which no task would ever go");
	}

	@Test
	void deadLettersThatAreTheQueue() {
		assertFails(OwnDeadLetters.class).hasMessageContaining("'mails' as its own dead letters");
	}

	@Test
	void twoTypesOfTasks() {
		assertFails(TwoTypes.class).hasMessageContaining("takes both 'java.lang.String' and 'java.lang.Integer'");
	}

	@Test
	void parametersThatAreNoTask() {
		assertFails(NoParameter.class).hasMessageContaining("has other parameters than a task");
		assertFails(TwoValues.class).hasMessageContaining("has other parameters than a task");
	}

	@Test
	void taskWithoutType() {
		assertFails(RawTask.class).hasMessageContaining("open type parameter");
	}

	@Test
	void idThatIsTaken() {
		assertFails(SameId.class).hasMessageContaining("has the id 'mine', which another listener has already");
	}

	@Test
	void prototype() {
		this.contextRunner.withUserConfiguration(Prototypes.class).run((context) -> {
			Throwable failure = catchThrowable(() -> context.getBean(Listener.class));
			assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
				.isInstanceOf(InvalidAnnotationException.class)
				.hasMessageContaining("is no singleton");
		});
	}

	@Test
	void staticMethod() {
		assertFails(StaticMethod.class).hasMessageContaining("the method is static");
	}

	@Test
	void privateMethodOfAProxy() {
		assertFails(PrivateMethod.class).hasMessageContaining("the proxy of the bean");
	}

	@Test
	void clusteredEventWithASource() {
		assertFails(SourceListener.class).hasMessageContaining("it extends ApplicationEvent");
	}

	@Test
	void clusteredEventWithTypeParameters() {
		assertFails(GenericEventListener.class).hasMessageContaining("it has type parameters");
	}

	@Test
	void negativeTimeout() {
		this.contextRunner.withPropertyValues("atomix.listeners.shutdown-timeout=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("'atomix.listeners.shutdown-timeout' is 'PT-1S'"));
	}

	@Test
	void blankTopicOfClusterEvents() {
		this.contextRunner.withPropertyValues("atomix.cluster-events.topic=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("'atomix.cluster-events.topic'"));
	}

	@Test
	void annotationsHaveNoEffectWithoutANode() {
		this.contextRunner.withPropertyValues("atomix.enabled=false")
			.withUserConfiguration(NoTopic.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private AbstractThrowableAssert<?, ?> assertFails(Class<?> configuration) {
		return assertFails(this.contextRunner.withUserConfiguration(configuration))
			.isInstanceOf(InvalidAnnotationException.class);
	}

	private static AbstractThrowableAssert<?, ?> assertFails(ApplicationContextRunner contextRunner) {
		Throwable[] failure = new Throwable[1];
		contextRunner.run((context) -> failure[0] = context.getStartupFailure());
		assertThat(failure[0]).isNotNull();
		return assertThat(NestedExceptionUtils.getMostSpecificCause(failure[0]));
	}

	static class NoTopic {

		@TopicListener
		void listen(String message) {
		}

	}

	static class Placeholder {

		@TopicListener("${nowhere}")
		void listen(String message) {
		}

	}

	static class TwoParameters {

		@TopicListener("topic")
		void listen(String message, String other) {
		}

	}

	static class OpenType {

		@TopicListener("topic")
		void listen(List<?> messages) {
		}

	}

	static class NoResync {

		@TopicListener(topic = "topic", onResync = "reload")
		void listen(String message) {
		}

	}

	static class NoErrorHandler {

		@TopicListener(topic = "topic", errorHandler = "nobody")
		void listen(String message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongErrorHandler {

		@Bean
		String text() {
			return "text";
		}

		@TaskListener(queue = "mails", errorHandler = "text")
		void work(String task) {
		}

	}

	static class TopicFuture {

		@TopicListener("topic")
		CompletableFuture<Void> listen(String message) {
			return new CompletableFuture<>();
		}

	}

	static class TaskFuture {

		@TaskListener("mails")
		Future<String> work(String task) {
			return new CompletableFuture<>();
		}

	}

	static class TaskMono {

		@TaskListener("mails")
		Mono<String> work(String task) {
			return Mono.empty();
		}

	}

	static class Concurrency {

		@TaskListener(queue = "mails", concurrency = "${workers}")
		void work(String task) {
		}

	}

	static class ExplicitWithoutTask {

		@TaskListener(queue = "mails", acknowledgement = Acknowledgement.EXPLICIT)
		void work(String task) {
		}

	}

	static class DeadLettersWithoutLimit {

		@TaskListener(queue = "mails", deadLetters = "dead-mails")
		void work(String task) {
		}

	}

	static class OwnDeadLetters {

		@TaskListener(queue = "mails", deadLetters = "mails", maxDeliveries = "3")
		void work(String task) {
		}

	}

	static class TwoTypes {

		@TaskListener("mails")
		void work(String value, Task<Integer> task) {
		}

	}

	static class NoParameter {

		@TaskListener("mails")
		void work() {
		}

	}

	static class TwoValues {

		@TaskListener("mails")
		void work(String task, String other) {
		}

	}

	@SuppressWarnings("rawtypes")
	static class RawTask {

		@TaskListener("mails")
		void work(Task task) {
		}

	}

	static class SameId {

		@TaskListener(id = "mine", queue = "mails")
		void work(String task) {
		}

		@TopicListener(id = "mine", topic = "news")
		void listen(String message) {
		}

	}

	static class Listener {

		@TopicListener("topic")
		void listen(String message) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototypes {

		@Bean
		@Scope("prototype")
		Listener listener() {
			return new Listener();
		}

	}

	static class StaticMethod {

		@TopicListener("topic")
		static void listen(String message) {
		}

	}

	static class PrivateMethod {

		@TopicListener("topic")
		private void listen(String message) {
		}

		@LeaderOnly("main")
		void proxied() {
		}

	}

	@Clustered
	@SuppressWarnings("serial")
	static class WithSource extends ApplicationEvent {

		WithSource(Object source) {
			super(source);
		}

	}

	static class SourceListener {

		@EventListener
		void listen(WithSource event) {
		}

	}

	@Clustered
	record GenericEvent<T>(T value) {

	}

	static class GenericEventListener {

		@EventListener
		void listen(GenericEvent<String> event) {
		}

	}

}
