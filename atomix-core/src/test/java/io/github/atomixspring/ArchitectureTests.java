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

package io.github.atomixspring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.UUID;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests that the packages depend on each other as the architecture says.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.atomixspring";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	@Test
	void dependenciesPointDownwards() {
		Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInAnyPackage(BASE + "..")
			.layer("basics")
			.definedBy(BASE + ".primitive", BASE + ".cluster")
			.layer("messages")
			.definedBy(BASE + ".codec", BASE + ".protocol")
			.layer("engine")
			.definedBy(BASE + ".statemachine", BASE + ".link")
			.layer("nodes")
			.definedBy(BASE + ".server", BASE + ".session")
			.layer("proxies")
			.definedBy(BASE + ".proxy")
			.layer("primitives")
			.definedBy(BASE + ".lock", BASE + ".election", BASE + ".map", BASE + ".value", BASE + ".sync",
					BASE + ".transaction", BASE + ".messaging", BASE + ".collection", BASE + ".group")
			.layer("root")
			.definedBy(BASE)
			.ensureAllClassesAreContainedInArchitecture()
			.whereLayer("root")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("primitives")
			.mayOnlyBeAccessedByLayers("root")
			.whereLayer("proxies")
			.mayOnlyBeAccessedByLayers("root", "primitives")
			.whereLayer("nodes")
			.mayOnlyBeAccessedByLayers("root", "primitives", "proxies")
			.whereLayer("engine")
			.mayOnlyBeAccessedByLayers("root", "primitives", "proxies", "nodes")
			.whereLayer("messages")
			.mayOnlyBeAccessedByLayers("root", "primitives", "proxies", "nodes", "engine")
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void stateMachineIsDeterministic() {
		noClasses().that()
			.resideInAPackage(BASE + ".statemachine")
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("read a clock, a disk, chance or the order of hashes",
					(type) -> type.getPackageName().startsWith("java.time")
							|| type.getPackageName().startsWith("java.io")
							|| type.getPackageName().startsWith("java.nio")
							|| type.getPackageName().startsWith("java.util.concurrent")
							|| type.getPackageName().startsWith("java.util.random")
							|| type.getPackageName().startsWith("org.apache.ratis")
							|| type.getName().equals("java.util.Random") || type.isEquivalentTo(HashMap.class)
							|| type.isEquivalentTo(HashSet.class) || type.isEquivalentTo(IdentityHashMap.class)
							|| type.isEquivalentTo(UUID.class) || type.getName().equals("java.util.Date")
							|| type.getName().equals("java.lang.Thread")))
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage(BASE + ".statemachine")
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(Math.class, "random")
			.orShould()
			.callMethod(System.class, "identityHashCode", Object.class)
			.check(CLASSES);
	}

	@Test
	void nothingReadsTheWallClock() {
		noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
	}

	@Test
	void namesSayWhatThingsAre() {
		noClasses().should().haveNameMatching("(?i).*\\.(util|utils|common|impl|manager)\\..*").check(CLASSES);
		noClasses().should().haveNameMatching(".*(Util|Utils|Impl|Manager|Helper)").check(CLASSES);
	}

}
