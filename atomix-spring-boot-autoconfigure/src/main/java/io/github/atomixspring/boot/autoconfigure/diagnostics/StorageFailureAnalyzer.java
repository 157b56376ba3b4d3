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

import io.github.atomixspring.cluster.StorageException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains that the directory of a replica cannot be used.
 */
class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {

	private final PropertySource properties;

	StorageFailureAnalyzer(Environment environment) {
		this.properties = new PropertySource(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StorageException cause) {
		return new FailureAnalysis(
				"The Atomix replica cannot use its storage: " + cause.path() + " " + cause.reason()
						+ ". The directory comes from " + this.properties.describe("atomix.storage.directory")
						+ "; the default is data/atomix in the working directory. The process runs as user '"
						+ System.getProperty("user.name") + "'.",
				cause.remedy() + ". The directory is set by " + "atomix.storage.directory.", cause);
	}

}
