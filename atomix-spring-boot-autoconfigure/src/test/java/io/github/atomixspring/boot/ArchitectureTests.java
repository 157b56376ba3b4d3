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

package io.github.atomixspring.boot;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.core.env.Environment;
import org.springframework.integration.metadata.MetadataStore;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.scheduling.TaskScheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The house rules of Spring Boot for auto-configuration, and the layers of this module.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.atomixspring.spring", "io.github.atomixspring.boot");

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould(haveNoPublicMembers())
			.check(CLASSES);
	}

	@Test
	void beanMethodsArePackagePrivateAndReturnTypesThatAreNotPrivate() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.andShould(returnTypeThatIsNotPrivate())
			.check(CLASSES);
	}

	@Test
	void conditionsOnClassesAreNotOnBeanMethods() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.check(CLASSES);
	}

	@Test
	void conditionsOnBeansAreOnAutoConfigurationsOnly() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith(ConditionalOnBean.class)
			.check(CLASSES);
		classes().that()
			.areAnnotatedWith(ConditionalOnBean.class)
			.should()
			.beAnnotatedWith(AutoConfiguration.class)
			.check(CLASSES);
	}

	@Test
	void conditionsAreNotPublic() {
		classes().that().areAssignableTo(Condition.class).should().notBePublic().check(CLASSES);
	}

	@Test
	void autoConfigurationsOfOptionalModulesAreNamedAndNotReferredTo() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should(referOnlyToOwnAutoConfigurationsByClass())
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreThoseThatSpringBootIsToldOf() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)).containsExactlyInAnyOrderElementsOf(
					ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
						.getCandidates()
						.stream()
						.filter((name) -> name.startsWith("io.github.atomixspring."))
						.toList());
	}

	@Test
	void postProcessorsDoNotMakeOtherBeansEarly() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
			.should(haveParametersOf(Environment.class, ObjectProvider.class, ApplicationContext.class))
			.check(CLASSES);
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class))
			.should(haveParametersOf(Environment.class))
			.check(CLASSES);
	}

	@Test
	void postProcessorsAreMadeByStaticMethods() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class)
				.or(JavaClass.Predicates.assignableTo(BeanFactoryPostProcessor.class)))
			.should()
			.beStatic()
			.check(CLASSES);
	}

	@Test
	void missingBeanConditionsDoNotRepeatTheReturnType() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.areAnnotatedWith(ConditionalOnMissingBean.class)
			.should(notRepeatTheReturnType())
			.check(CLASSES);
	}

	@Test
	void adaptersStepBackForThoseOfTheApplication() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(JavaClass.Predicates.assignableTo(CacheManager.class)
				.or(JavaClass.Predicates.assignableTo(LockRegistry.class))
				.or(JavaClass.Predicates.assignableTo(MetadataStore.class))
				.or(JavaClass.Predicates.assignableTo(LockProvider.class)))
			.should()
			.beAnnotatedWith(ConditionalOnMissingBean.class)
			.orShould()
			.beDeclaredInClassesThat()
			.areAnnotatedWith(ConditionalOnMissingBean.class)
			.check(CLASSES);
	}

	@Test
	void noBeanStandsInTheWayOfThoseOfTheApplication() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notHaveRawReturnType(JavaClass.Predicates.assignableTo(Executor.class)
				.or(JavaClass.Predicates.assignableTo(TaskScheduler.class))
				.or(JavaClass.Predicates.assignableTo(ThreadFactory.class)))
			.check(CLASSES);
	}

	@Test
	void propertiesAreNamedSo() {
		classes().that()
			.areAnnotatedWith(ConfigurationProperties.class)
			.should()
			.haveSimpleNameEndingWith("Properties")
			.andShould(notNameThePrefixAlone())
			.check(CLASSES);
	}

	@Test
	void whatHasABetterWayIsNotUsed() {
		noClasses().should()
			.callMethod(Objects.class, "requireNonNull", Object.class, String.class)
			.orShould()
			.callMethod(Objects.class, "requireNonNull", Object.class, Supplier.class)
			.orShould()
			.callMethod(Collectors.class, "toList")
			.orShould()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Thread.class, "sleep", long.class)
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("io.github.atomixspring.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void springPackagesKnowNothingOfAutoConfiguration() {
		noClasses().that()
			.resideInAPackage("io.github.atomixspring.spring..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.atomixspring.boot..", "org.springframework.boot.autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void onlyPublicPackagesOfTheCoreAreUsed() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.atomixspring.link..", "io.github.atomixspring.protocol..",
					"io.github.atomixspring.proxy..", "io.github.atomixspring.server..",
					"io.github.atomixspring.statemachine..", "org.apache.ratis..")
			.check(CLASSES);
	}

	private static ArchCondition<JavaClass> haveNoPublicMembers() {
		return new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				item.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
					.filter((member) -> !(member instanceof JavaConstructor))
					.forEach((member) -> events
						.add(SimpleConditionEvent.violated(item, member.getFullName() + " is public")));
			}

		};
	}

	private static ArchCondition<JavaClass> referOnlyToOwnAutoConfigurationsByClass() {
		return new ArchCondition<>("refer only to own auto-configurations by class") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				JavaAnnotation<JavaClass> annotation = item.getAnnotationOfType(AutoConfiguration.class.getName());
				Stream.of("before", "after")
					.flatMap((order) -> Arrays.stream((JavaClass[]) annotation.getProperties().get(order)))
					.filter((other) -> !other.getName().startsWith("io.github.atomixspring."))
					.forEach((other) -> events.add(SimpleConditionEvent.violated(item,
							item.getName() + " needs the class " + other.getName() + " to be there")));
			}

		};
	}

	private static ArchCondition<JavaMethod> haveParametersOf(Class<?>... types) {
		return new ArchCondition<>("have parameters of the types " + Arrays.toString(types)) {

			@Override
			public void check(JavaMethod item, ConditionEvents events) {
				item.getRawParameterTypes()
					.stream()
					.filter((parameter) -> Arrays.stream(types).noneMatch(parameter::isAssignableTo))
					.forEach((parameter) -> events.add(SimpleConditionEvent.violated(item,
							item.getFullName() + " makes a " + parameter.getName() + " early")));
			}

		};
	}

	private static ArchCondition<JavaClass> notNameThePrefixAlone() {
		return new ArchCondition<>("not name the prefix alone") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				ConfigurationProperties properties = item.getAnnotationOfType(ConfigurationProperties.class);
				if (!properties.prefix().isEmpty() && properties.ignoreUnknownFields()
						&& !properties.ignoreInvalidFields()) {
					events.add(SimpleConditionEvent.violated(item, item.getName() + " writes 'prefix ='"));
				}
			}

		};
	}

	private static ArchCondition<JavaMethod> returnTypeThatIsNotPrivate() {
		return new ArchCondition<>("return a type that is not private") {

			@Override
			public void check(JavaMethod item, ConditionEvents events) {
				if (item.getRawReturnType().getModifiers().contains(JavaModifier.PRIVATE)) {
					events.add(SimpleConditionEvent.violated(item, item.getFullName() + " returns a private type"));
				}
			}

		};
	}

	private static ArchCondition<JavaMethod> notRepeatTheReturnType() {
		return new ArchCondition<>("not repeat the return type") {

			@Override
			public void check(JavaMethod item, ConditionEvents events) {
				for (Class<?> type : item.getAnnotationOfType(ConditionalOnMissingBean.class).value()) {
					if (item.getRawReturnType().isEquivalentTo(type)) {
						events.add(SimpleConditionEvent.violated(item, item.getFullName() + " repeats its type"));
					}
				}
			}

		};
	}

}
