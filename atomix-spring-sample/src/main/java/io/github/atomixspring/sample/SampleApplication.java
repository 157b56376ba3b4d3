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

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Runs a member of a cluster, or a client of one, with a small web application on top;
 * with the profile {@code server} the member alone.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SampleApplication {

	public static void main(String[] args) throws InterruptedException {
		SampleArguments arguments;
		try {
			BackupCommand command = BackupCommand.parse(args);
			if (command != null) {
				System.exit(command.run(System.out, System.err));
				return;
			}
			arguments = SampleArguments.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println();
			System.err.println(SampleArguments.USAGE);
			System.exit(1);
			return;
		}
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setDefaultProperties(arguments.defaults());
		application.run(arguments.options());
	}

	/**
	 * The web application and the job of the leader.
	 */
	@Configuration(proxyBeanMethods = false)
	@Profile("!server")
	@ComponentScan
	@EnableScheduling
	static class Demonstration {

	}

}
