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

package io.github.atomixspring.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.atomixspring.boot.autoconfigure.AtomixProperties;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What the sample makes of the environment variables of an example in {@code deploy}.
 */
final class DeployedEnvironment {

	// Names that end so are read like environment variables; those of Spring Boot itself
	// may be unknown, these may not.
	private static final String NAME = "deploy-systemEnvironment";

	private final StandardEnvironment environment = new StandardEnvironment();

	/**
	 * Creates an instance with the configuration files of the sample.
	 * @param variables the environment variables
	 */
	DeployedEnvironment(Map<String, String> variables) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(NAME, Map.copyOf(variables)));
		ConfigDataEnvironmentPostProcessor.applyTo(this.environment);
	}

	/**
	 * Returns a file of the examples.
	 * @param name its path below {@code deploy}
	 * @return the path, whichever directory the tests run in
	 */
	static Path file(String name) {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.isDirectory(directory.resolve("deploy"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new IllegalStateException("The tests do not run in the project");
		}
		return directory.resolve("deploy").resolve(name);
	}

	/**
	 * Reads a file of the examples.
	 * @param name its path below {@code deploy}
	 * @return the text
	 */
	static String read(String name) {
		try {
			return Files.readString(file(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Binds the properties of the node.
	 * @return the properties; fails if a variable means none of them
	 */
	AtomixProperties atomix() {
		return Binder.get(this.environment)
			.bind("atomix", Bindable.of(AtomixProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
	}

	/**
	 * Returns a property.
	 * @param <T> the type
	 * @param name its name
	 * @param type its type
	 * @param otherwise what holds if it is not set
	 * @return the value
	 */
	<T> T get(String name, Class<T> type, T otherwise) {
		return Binder.get(this.environment).bind(name, type).orElse(otherwise);
	}

	String[] profiles() {
		return this.environment.getActiveProfiles();
	}

}
