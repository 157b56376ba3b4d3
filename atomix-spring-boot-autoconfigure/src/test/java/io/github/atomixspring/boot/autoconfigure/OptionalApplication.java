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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has all that needs no optional dependency. It is a client of a
 * cluster that does not answer.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OptionalApplication {

	/**
	 * Starts the application and closes it.
	 * @return the names of its beans
	 */
	public static String[] start() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(OptionalApplication.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("atomix.mode=client", "atomix.cluster.members=127.0.0.1:" + FreePort.find(),
					"atomix.session.operation-timeout=100ms", "management.endpoints.web.exposure.include=*",
					"spring.main.banner-mode=off")
			.run()) {
			Work work = context.getBean(Work.class);
			if (work.lead() != null || !work.lock().isCompletedExceptionally()) {
				throw new IllegalStateException("Ran without a cluster");
			}
			return context.getBeanDefinitionNames();
		}
	}

	@Bean
	Work work(@Primitive("prices") DistributedMap<String, Integer> prices) {
		return new Work();
	}

	static class Work {

		@LeaderOnly
		String lead() {
			return "led";
		}

		@Locked("work")
		CompletableFuture<String> lock() {
			return CompletableFuture.completedFuture("locked");
		}

		@OnLeadershipGranted
		void granted() {
		}

		@TopicListener("topic")
		void received(String message) {
		}

		@TaskListener("tasks")
		void work(String task) {
		}

	}

}
