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

import java.lang.reflect.Constructor;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.messaging.Task;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import io.github.atomixspring.value.DistributedValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.DecoratingProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for what an application that is processed ahead of time says of its reflection.
 */
class RuntimeHintsTests {

	private static RuntimeHints hints;

	@BeforeAll
	static void process() {
		hints = AheadOfTime
			.process(Application.class, "atomix.values.declared.type=" + Declared.class.getName(),
					"spring.aop.proxy-target-class=false")
			.hints();
	}

	@Test
	void elementsOfInjectedPrimitivesCanBeReadAndWritten() throws Exception {
		assertBinding(FromConstructor.class);
		assertBinding(FromSetter.class);
		assertBinding(FromField.class);
		assertBinding(FromBeanMethod.class);
		assertBinding(FromBase.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation("io.github.atomixspring.spring.annotation.PrimitiveInjection", "get")).accepts(hints);
	}

	@Test
	void primitivesThemselvesAreNotReadAndWritten() {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(DistributedMap.class, "size")).rejects(hints);
	}

	@Test
	void elementsOfDeclaredPrimitivesCanBeReadAndWritten() {
		assertBinding(Declared.class);
	}

	@Test
	void declaredPrimitivesCanBeBound() {
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor(PrimitivesProperties.class)))
			.accepts(hints);
		assertThat(
				RuntimeHintsPredicates.reflection().onMethodInvocation(DeclaredPrimitive.Semaphore.class, "setPermits"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(DeclaredPrimitive.Named.class, "valueOf"))
			.accepts(hints);
	}

	@Test
	void messagesTasksAndEventsCanBeReadAndWritten() {
		assertBinding(Message.class);
		assertBinding(Mail.class);
		assertBinding(Letter.class);
		RuntimeHints ofEvent = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(ofEvent, Event.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Event.class, "text")).accepts(ofEvent);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listeners.class, "listen")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listeners.class, "resync")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listeners.class, "send")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Task.class, "value")).rejects(hints);
	}

	@Test
	void expressionsInNamesOfLocksCanReadArguments() {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class, "number")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Parcel.class, "number")).rejects(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Orders.class, "ship")).accepts(hints);
	}

	@Test
	void proxiesOfInterfacesCanBeMade() {
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(Job.class, SpringProxy.class, Advised.class, DecoratingProxy.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(DistributedLock.class, SpringProxy.class, Advised.class, DecoratingProxy.class))
			.accepts(hints);
	}

	private static void assertBinding(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, "text")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor(type))).accepts(hints);
	}

	private static Constructor<?> constructor(Class<?> type) {
		return type.getDeclaredConstructors()[0];
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	@Import({ Component.class, Derived.class, Listeners.class, Orders.class, LeaderJob.class })
	static class Application {

		@Bean
		Atomix atomix() {
			return mock(Atomix.class);
		}

		@Bean
		String fromMethod(@Primitive("method") DistributedMap<String, FromBeanMethod> map) {
			return map.name();
		}

	}

	static class Component {

		@Autowired
		@Primitive("field")
		private @Nullable DistributedValue<FromField[]> field;

		Component(@Primitive("constructor") ObjectProvider<DistributedMap<String, List<FromConstructor>>> map,
				@Lazy @Primitive("lock") DistributedLock lock) {
			assertThat(map).isNotSameAs(lock);
		}

		@Autowired
		void setValue(@Primitive("setter") DistributedValue<FromSetter> value) {
			assertThat(value).isNotSameAs(this.field);
		}

	}

	abstract static class Base<T> {

		@Autowired
		@Primitive("base")
		private @Nullable DistributedValue<List<T>> field;

	}

	static class Derived extends Base<FromBase> {

	}

	static class Listeners {

		@TopicListener(topic = "messages", onResync = "resync")
		void listen(Message message) {
		}

		void resync() {
		}

		@TaskListener("mails")
		void send(Mail mail) {
		}

		@TaskListener("letters")
		void sendLetter(Task<Letter> letter) {
		}

	}

	static class Orders {

		@Locked("order-#{#order.number}")
		void ship(Order order) {
		}

		@Locked("parcels")
		void shipParcel(Parcel parcel) {
		}

	}

	interface Job {

		void run();

	}

	static class LeaderJob implements Job {

		@Override
		@LeaderOnly("main")
		public void run() {
		}

	}

	record FromConstructor(String text) {

	}

	record FromSetter(String text) {

	}

	record FromField(String text) {

	}

	record FromBeanMethod(String text) {

	}

	record FromBase(String text) {

	}

	record Declared(String text) {

	}

	record Message(String text) {

	}

	record Mail(String text) {

	}

	record Letter(String text) {

	}

	@Clustered
	record Event(String text) {

	}

	record Order(int number) {

	}

	record Parcel(int number) {

	}

}
