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

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.atomixspring.election.LeadershipEvent;
import io.github.atomixspring.group.GroupEvent;
import io.github.atomixspring.group.PartitionEvent;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.DistributedPrimitive;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the packages depend on each other as the architecture says, and that the
 * public API has one word for one thing.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.atomixspring";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(BASE);

	private static final Set<String> API = Stream
		.of("", ".primitive", ".cluster", ".codec", ".lock", ".election", ".map", ".value", ".sync", ".transaction",
				".messaging", ".collection", ".group")
		.map(BASE::concat)
		.collect(Collectors.toSet());

	/**
	 * What users see of a package that is internal but for this.
	 */
	private static final String SESSION = BASE + "\\.session\\.Session(State|Listener)?";

	private static final Set<String> CHANGES = Set.of("ADDED", "UPDATED", "REMOVED", "EXPIRED", "RESYNC");

	private static final Map<Class<?>, Set<String>> EVENT_TYPES = Map.of(GroupEvent.class,
			Set.of("JOINED", "LEFT", "STATUS", "METADATA", "RESYNC"), LeadershipEvent.class,
			Set.of("CHANGED", "SUSPENDED", "RESYNC"));

	@Test
	void dependenciesPointDownwards() {
		Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInAnyPackage(BASE + "..")
			.layer("basics")
			.definedBy(BASE + ".primitive", BASE + ".cluster", BASE + ".metrics")
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

	@Test
	void bothFacesOfAPrimitiveHaveTheSameOperations() throws Exception {
		List<Class<?>> faces = api().filter((type) -> hasMethod(type, "async")).toList();
		assertThat(faces).filteredOn((type) -> type.getSimpleName().startsWith("Distributed"))
			.containsAll(api().filter((type) -> type.getSimpleName().startsWith("Distributed"))
				.filter((type) -> !type.equals(DistributedPrimitive.class))
				.toList())
			.hasSizeGreaterThan(15);
		for (Class<?> face : faces) {
			Class<?> twin = face.getMethod("async").getReturnType();
			assertThat(twin.getName()).isEqualTo(face.getPackageName() + ".Async" + face.getSimpleName());
			assertThat(new Twins(face, twin).differences()).isEmpty();
		}
	}

	@Test
	void eventsTellTheirPrimitiveAndThenWhatHappened() {
		List<Class<?>> events = api().filter((type) -> type.getSimpleName().endsWith("Event")).toList();
		assertThat(events).hasSizeGreaterThan(10).allMatch(Class::isRecord);
		for (Class<?> event : events) {
			List<String> components = Arrays.stream(event.getRecordComponents()).map(RecordComponent::getName).toList();
			assertThat(components).as(event.getName()).startsWith("name");
			// A partition only ever gets other members.
			if (!event.equals(PartitionEvent.class)) {
				assertThat(components).as(event.getName()).startsWith("name", "type");
				assertThat(event.getRecordComponents()[1].getType().getEnumConstants()).extracting(Object::toString)
					.as(event.getName())
					.contains("RESYNC")
					.isSubsetOf(EVENT_TYPES.getOrDefault(event, CHANGES));
			}
		}
	}

	@Test
	void listenersListenAndHandlersHandle() {
		List<Class<?>> listeners = api().filter((type) -> type.getSimpleName().matches(".+(Listener|Observer|Handler)"))
			.toList();
		assertThat(listeners).hasSizeGreaterThan(15)
			.allMatch((type) -> type.isAnnotationPresent(FunctionalInterface.class));
		for (Class<?> listener : listeners) {
			String pattern = listener.getSimpleName().endsWith("Handler") ? "handle" : "on[A-Z].*";
			assertThat(listener.getMethods()).as(listener.getName())
				.extracting(Method::getName)
				.allMatch((name) -> name.matches(pattern));
		}
		for (Class<?> event : api().filter((type) -> type.getSimpleName().endsWith("Event")).toList()) {
			assertThat(listeners)
				.filteredOn((listener) -> Arrays.stream(listener.getMethods())
					.anyMatch((method) -> method.getName().equals("onEvent")
							&& List.of(method.getParameterTypes()).equals(List.of(event))))
				.as(event.getName())
				.hasSize(1);
		}
	}

	@Test
	void optionsAreRecordsThatChangeOneThingAtATime() {
		List<Class<?>> options = api().filter((type) -> type.getSimpleName().endsWith("Options")).toList();
		assertThat(options).hasSizeGreaterThan(7).allMatch(Class::isRecord);
		for (Class<?> type : options) {
			for (Method method : type.getDeclaredMethods()) {
				if (method.getName().startsWith("with") && !method.getName().equals("withNearCache")) {
					String component = method.getName().substring("with".length());
					assertThat(method.getReturnType()).isEqualTo(type);
					assertThat(method.getParameters()).extracting(Parameter::getName)
						.as(type.getName() + "." + method.getName())
						.containsExactly("new" + component);
					assertThat(type.getRecordComponents()).extracting(RecordComponent::getName)
						.contains(Character.toLowerCase(component.charAt(0)) + component.substring(1));
				}
			}
		}
	}

	@Test
	void exceptionsHaveOneRootAndAreReadAsRecordsAre() {
		List<Class<?>> exceptions = api().filter(Throwable.class::isAssignableFrom).toList();
		assertThat(exceptions).hasSizeGreaterThan(15)
			.allMatch((type) -> type.getSimpleName().endsWith("Exception"))
			.allMatch((type) -> AtomixException.class.isAssignableFrom(type)
					|| IllegalMonitorStateException.class.isAssignableFrom(type));
		assertThat(exceptions).flatMap((type) -> List.of(type.getDeclaredMethods()))
			.noneMatch((method) -> method.getName().matches("get[A-Z].*"));
	}

	@Test
	void typesForUsersSaySinceWhenTheyAre() throws IOException {
		for (Class<?> type : api().toList()) {
			Path source = Path.of("src", "main", "java").resolve(type.getName().replace('.', '/') + ".java");
			assertThat(Files.readString(source)).as(type.getName()).containsPattern("\\n \\* @since \\d");
		}
	}

	/**
	 * Returns the public types that users are to see.
	 * @return the types
	 */
	private static Stream<Class<?>> api() {
		return CLASSES.stream()
			.filter((type) -> API.contains(type.getPackageName()) || type.getName().matches(SESSION))
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
			.map(JavaClass::reflect);
	}

	private static boolean hasMethod(Class<?> type, String name) {
		return Arrays.stream(type.getMethods()).anyMatch((method) -> method.getName().equals(name));
	}

}
