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

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

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
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
			.check(CLASSES);
	}

	@Test
	void whatHasABetterWayIsNotUsed() {
		noClasses().should()
			.callMethod(Objects.class, "requireNonNull", Object.class, String.class)
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
