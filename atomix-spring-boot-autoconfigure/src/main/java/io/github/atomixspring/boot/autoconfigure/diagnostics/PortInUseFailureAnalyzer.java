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

import io.github.atomixspring.cluster.PortInUseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains that the port of a replica is taken.
 */
class PortInUseFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	private final PropertySource properties;

	PortInUseFailureAnalyzer(Environment environment) {
		this.properties = new PropertySource(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		return new FailureAnalysis("The Atomix replica could not listen on " + cause.host() + ", port " + cause.port()
				+ ": the port is already in use. It comes from " + this.properties.describe("atomix.node.address")
				+ " or " + this.properties.describe("atomix.cluster.members") + "; the default is 127.0.0.1:5679.",
				"Stop the process that listens on port " + cause.port()
						+ ", or give this node another port: by atomix.node.address if it is a cluster of its own, "
						+ "else by atomix.cluster.members on all nodes.",
				cause);
	}

}
