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

import java.util.function.Consumer;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/**
 * An application that was processed ahead of time. What is generated has access to what
 * is package-private only in tests with
 * {@link org.springframework.core.test.tools.CompileWithForkedClassLoader @CompileWithForkedClassLoader}.
 */
final class AheadOfTime {

	private final TestGenerationContext generationContext = new TestGenerationContext();

	private final ClassName initializer;

	private AheadOfTime(AnnotationConfigApplicationContext context) {
		this.initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generationContext);
		this.generationContext.writeGeneratedContent();
	}

	/**
	 * Processes an application.
	 * @param application its configuration
	 * @param properties its properties while it is processed
	 * @return the application
	 */
	static AheadOfTime process(Class<?> application, String... properties) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			context.register(application);
			return new AheadOfTime(context);
		}
	}

	RuntimeHints hints() {
		return this.generationContext.getRuntimeHints();
	}

	/**
	 * Runs the application and closes it.
	 * @param use uses it
	 * @param properties its properties when it is started
	 */
	void run(Consumer<GenericApplicationContext> use, String... properties) {
		TestCompiler.forSystem().with(this.generationContext).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				TestPropertyValues.of(properties).applyTo(context);
				initializer(compiled.getInstance(ApplicationContextInitializer.class, this.initializer.toString()))
					.initialize(context);
				context.refresh();
				use.accept(context);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(
			ApplicationContextInitializer<?> generated) {
		return (ApplicationContextInitializer<GenericApplicationContext>) generated;
	}

}
