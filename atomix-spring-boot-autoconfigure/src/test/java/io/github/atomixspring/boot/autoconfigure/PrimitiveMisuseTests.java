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

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.docs.SingleMember;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.AsyncDistributedMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.ValueOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is said of {@link Primitive @Primitive} where it cannot work: what is wrong, where
 * it is, and what to do.
 */
@ExtendWith(SingleMember.class)
class PrimitiveMisuseTests {

	private static final String PLACE = PrimitiveMisuseTests.class.getName() + "$";

	private final TestAtomix node = TestAtomix.create();

	@Test
	void rawType() {
		assertFails(RawMap.class, "@Primitive on parameter 'map' of the constructor of " + PLACE
				+ "RawMap does not say what the elements are: 'io.github.atomixspring.map.DistributedMap<?, ?>' has an "
				+ "open type parameter.", "Declare the types of the elements, as in DistributedMap<String, Price>.");
	}

	@Test
	void openTypeParameters() {
		assertFails(WildcardField.class,
				"@Primitive on field " + PLACE + "WildcardField.map does not say what the elements are",
				"Declare the types of the elements");
		assertFails(NestedWildcard.class,
				"@Primitive on parameter 'map' of method " + PLACE
						+ "NestedWildcard.setMap does not say what the elements are",
				"Declare the types of the elements");
		assertFails(TypeVariable.class, "has an open type parameter", "Declare the types of the elements");
	}

	@Test
	void rawTypeOfProviderFailsWhenItIsUsed() {
		this.node.contextRunner()
			.withUserConfiguration(RawProvider.class)
			.run((context) -> assertThatExceptionOfType(Exception.class)
				.isThrownBy(context.getBean(RawProvider.class).map()::getObject)
				.havingRootCause()
				.isInstanceOf(InvalidAnnotationException.class)
				.withMessageContaining("does not say what the elements are"));
	}

	@Test
	void typeIsNoPrimitive() {
		assertFails(NoPrimitive.class, "asks for the type 'java.util.List', which is no primitive.",
				"Declare it as DistributedLock, ");
	}

	@Test
	void lazyTypeIsNoPrimitive() {
		assertFails(LazyNoPrimitive.class, "asks for the type 'java.util.List', which is no primitive.",
				"Declare it as DistributedLock, ");
	}

	@Test
	void asyncFace() {
		assertFails(AsyncFace.class,
				"asks for the type 'io.github.atomixspring.map.AsyncDistributedMap', which is no primitive.",
				"Declare it as DistributedMap<K, V> and call its method async().");
	}

	@Test
	void nameOfParameterIsNotKnown() {
		assertFails(
				this.node.contextRunner()
					.withInitializer((context) -> ((DefaultListableBeanFactory) context.getBeanFactory())
						.setParameterNameDiscoverer(null)),
				WithoutName.class,
				"@Primitive on parameter 0 of the constructor of " + PLACE
						+ "WithoutName has no name, and the name of the parameter is not known.",
				"Name the primitive, as in @Primitive(\"prices\"), or compile with the option -parameters.");
	}

	@Test
	void nameBecomesBlank() {
		assertFails(this.node.contextRunner().withPropertyValues("demo.lock= "), FromProperty.class,
				"The name '${demo.lock}' of @Primitive on parameter 'lock' of the constructor of " + PLACE
						+ "FromProperty has become blank.",
				"Correct the placeholder or the expression.");
	}

	@Test
	void nameCannotBeResolved() {
		assertFails(
				this.node.contextRunner()
					.withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class)),
				FromProperty.class, "cannot be resolved: Could not resolve placeholder 'demo.lock'",
				"Correct the placeholder or the expression.");
		assertFails(WrongExpression.class, "The name 'lock-#{nothing}' of @Primitive on ",
				"Correct the placeholder or the expression.");
	}

	@Test
	void sameNameWithOtherElements() {
		assertFails(SharedNode.contextRunner(), OtherElements.class, "'misused' is in use on this node with ",
				"with one name the same types of elements");
		SharedNode.atomix().value("misused", ValueOptions.of(Codecs.ints())).close();
	}

	@Test
	void sameNameWithOtherElementsThanDeclared() {
		ApplicationContextRunner declared = SharedNode.contextRunner()
			.withPropertyValues("atomix.values.number.name=misused-too", "atomix.values.number.type=java.lang.Integer",
					"atomix.values.text.name=misused-too", "atomix.values.text.type=java.lang.String");
		assertFails(declared, Object.class, "'misused-too' is in use on this node with ",
				"with one name the same types of elements");
		SharedNode.atomix().value("misused-too", ValueOptions.of(Codecs.ints())).close();
	}

	@Test
	void nameIsTooLong() {
		assertFails(SharedNode.contextRunner().withPropertyValues("demo.lock=" + "x".repeat(257)), FromProperty.class,
				"must have at most 256 characters, not 257", "Use a name of at most 256 characters");
	}

	private void assertFails(Class<?> component, String description, String action) {
		assertFails(this.node.contextRunner(), component, description, action);
	}

	private void assertFails(ApplicationContextRunner runner, Class<?> component, String description, String action) {
		runner.withUserConfiguration(component).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains(description);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	private static FailureAnalysis analyze(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		assertThat(failure).isNotNull();
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, new MockEnvironment()),
					(type, name, unusable) -> {
						// Analyzers of modules that are not here.
					})
			.stream()
			.filter((analyzer) -> analyzer.getClass().getName().startsWith("io.github.atomixspring."))
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("nobody explains it", failure));
	}

	@SuppressWarnings("rawtypes")
	record RawMap(@Primitive("prices") DistributedMap map) {

	}

	@SuppressWarnings("rawtypes")
	record RawProvider(@Primitive("prices") ObjectProvider<DistributedMap> map) {

	}

	static class WildcardField {

		@Autowired
		@Primitive("prices")
		private @Nullable DistributedMap<String, ?> map;

	}

	static class NestedWildcard {

		@Autowired
		void setMap(@Primitive("prices") DistributedMap<String, List<?>> map) {
			map.clear();
		}

	}

	record TypeVariable<T>(@Primitive("prices") DistributedMap<String, T> map) {

	}

	record NoPrimitive(@Primitive("prices") List<String> list) {

	}

	record LazyNoPrimitive(@Lazy @Primitive("prices") List<String> list) {

	}

	record AsyncFace(@Primitive("prices") AsyncDistributedMap<String, String> map) {

	}

	record WithoutName(@Primitive DistributedLock lock) {

	}

	record FromProperty(@Primitive("${demo.lock}") DistributedLock lock) {

	}

	record WrongExpression(@Primitive("lock-#{nothing}") DistributedLock lock) {

	}

	record OtherElements(@Primitive("misused") DistributedValue<Integer> numbers,
			@Primitive("misused") DistributedValue<String> texts) {

	}

}
