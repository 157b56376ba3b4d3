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

package io.github.atomixspring.spring.annotation;

import java.lang.reflect.Method;

import io.github.atomixspring.spring.lock.HeldLock;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LockName}.
 */
class LockNameTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@Test
	void nameWithoutExpressionIsConstant() {
		LockName name = parse("orders");
		assertThat(name.isConstant()).isTrue();
		assertThat(name.evaluate(arguments("7"))).isEqualTo("orders");
	}

	@Test
	void argumentsAreKnownByNameAndPosition() {
		assertThat(parse("order-#{#id}").evaluate(arguments("7"))).isEqualTo("order-7");
		assertThat(parse("#{#p0}-#{#amount}").evaluate(arguments("7"))).isEqualTo("7-3");
		assertThat(parse("#{#id.length() + #a1}").evaluate(arguments("7"))).isEqualTo("4");
		assertThat(parse("#{#id}").isConstant()).isFalse();
	}

	@Test
	void beansAreKnown() {
		this.beanFactory.registerSingleton("tenant", "blue");
		assertThat(parse("#{@tenant}-#{#id}").evaluate(arguments("7"))).isEqualTo("blue-7");
		assertThat(parse("#{tenant}-#{#root.getObject('tenant')}").evaluate(arguments("7"))).isEqualTo("blue-blue");
	}

	@Test
	void variablesWithinSelectionsAreKnown() {
		assertThat(parse("#{{'a','b'}.?[#this == #id]}").evaluate(arguments("b"))).isEqualTo("b");
	}

	@Test
	void nullAndBlankAreRefusedAtTheCall() {
		LockName name = parse("order-#{#id}");
		assertThatIllegalArgumentException().isThrownBy(() -> name.evaluate(new Object[] { null, 3 }))
			.withMessageContaining("'#id'")
			.withMessageContaining("null");
		assertThatIllegalArgumentException().isThrownBy(() -> name.evaluate(arguments(" ")))
			.withMessageContaining("blank");
	}

	@Test
	void unknownParameterIsToldWithThoseThatThereAre() {
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse("order-#{#ids}"))
			.withMessageContaining("@Locked on method")
			.withMessageContaining("refers to #ids")
			.withMessageContaining("[id, amount]");
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse("order-#{#p2}"));
	}

	@Test
	void missingParameterNamesAreToldWithTheRemedy() throws NoSuchMethodException {
		// The classes of the JDK are compiled without -parameters.
		Method concat = String.class.getMethod("concat", String.class);
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse(concat, "order-#{#str}"))
			.withMessageContaining("java.lang.String.concat")
			.withMessageContaining("names of the parameters are not known")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("-parameters").contains("#{#p0}"));
		assertThat(parse(concat, "order-#{#p0}").evaluate(new Object[] { "7" })).isEqualTo("order-7");
	}

	@Test
	void badNamesAreRefused() {
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse(""))
			.withMessageContaining("has no name");
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse("order-#{#id"))
			.withMessageContaining("cannot be parsed");
		assertThatExceptionOfType(InvalidAnnotationException.class).isThrownBy(() -> parse("n".repeat(257)))
			.withMessageContaining("257 characters");
	}

	private LockName parse(String name) {
		Method method = ReflectionUtils.findMethod(Orders.class, "ship", String.class, int.class);
		assertThat(method).isNotNull();
		return parse(method, name);
	}

	private LockName parse(Method method, String name) {
		Method annotated = ReflectionUtils.findMethod(Orders.class, "ship", String.class, int.class);
		assertThat(annotated).isNotNull();
		Locked annotation = AnnotatedElementUtils.findMergedAnnotation(annotated, Locked.class);
		assertThat(annotation).isNotNull();
		return LockName.parse(new GuardedMethod<>(method, annotation, Otherwise.THROW, HeldLock.class), name,
				this.beanFactory);
	}

	private static Object[] arguments(String id) {
		return new Object[] { id, 3 };
	}

	static class Orders {

		@Locked("orders")
		void ship(String id, int amount) {
		}

	}

}
