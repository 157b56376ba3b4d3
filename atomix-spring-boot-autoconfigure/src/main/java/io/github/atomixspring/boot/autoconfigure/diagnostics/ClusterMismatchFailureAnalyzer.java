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

import io.github.atomixspring.cluster.ClusterMismatchException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains that a directory belongs to another cluster or node, or has other partitions.
 */
class ClusterMismatchFailureAnalyzer extends AbstractFailureAnalyzer<ClusterMismatchException> {

	private final PropertySource properties;

	ClusterMismatchFailureAnalyzer(Environment environment) {
		this.properties = new PropertySource(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClusterMismatchException cause) {
		return new FailureAnalysis(
				"The storage of the Atomix replica belongs to another: " + cause.getMessage() + ". The directory is "
						+ cause.directory() + ", from " + this.properties.describe("atomix.storage.directory")
						+ "; this node has " + this.properties.describe("atomix.cluster.name") + ", "
						+ this.properties.describe("atomix.node.id") + " and "
						+ this.properties.describe("atomix.partitions") + ".",
				"Correct atomix.storage.directory, atomix.cluster.name, atomix.node.id or atomix.partitions. Nothing in "
						+ "the directory was changed; delete it only if the data it has may be lost.",
				cause);
	}

}
