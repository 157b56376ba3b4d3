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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.TopicListener;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that ends its process within a callback of the library, the property
 * {@code exit} says in which.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(AtomixAutoConfiguration.class)
public class ExitingApplication {

	/**
	 * The exit code.
	 */
	static final int CODE = 42;

	@Value("${exit}")
	private String where;

	/**
	 * Starts it.
	 * @param arguments the properties
	 */
	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(ExitingApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(arguments);
	}

	private void exitIf(String here) {
		if (this.where.equals(here)) {
			System.out.println("Ending in the callback of " + here);
			System.exit(CODE);
		}
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> user(Atomix atomix) {
		return (event) -> {
			var map = atomix.map("map", String.class, String.class);
			map.async().put("a", "b").thenRun(() -> exitIf("stage"));
			atomix.topic("topic", String.class).publish("x");
			atomix.lock("lock").lock();
		};
	}

	@TopicListener("topic")
	void told(String message) {
		exitIf("topic");
	}

	@OnLeadershipGranted("leader")
	void granted() {
		exitIf("leadership");
	}

}
