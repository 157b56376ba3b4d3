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

package io.github.atomixspring.boot.autoconfigure.diagnostics;

import io.github.atomixspring.cluster.ClusterConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains a configuration that the node itself refuses.
 */
class ClusterConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ClusterConfigurationException> {

	private final PropertySource properties;

	ClusterConfigurationFailureAnalyzer(Environment environment) {
		this.properties = new PropertySource(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClusterConfigurationException cause) {
		return new FailureAnalysis("The Atomix node refuses its configuration: " + cause.getMessage() + ".",
				"Correct the properties under 'atomix': " + this.properties.describe("atomix.cluster.members") + ", "
						+ this.properties.describe("atomix.node.id") + ", "
						+ this.properties.describe("atomix.node.bind-host") + ", "
						+ this.properties.describe("atomix.security.insecure") + ", "
						+ this.properties.describe("atomix.ssl.bundle") + ", "
						+ this.properties.describe("atomix.security.members") + ".",
				cause);
	}

}
