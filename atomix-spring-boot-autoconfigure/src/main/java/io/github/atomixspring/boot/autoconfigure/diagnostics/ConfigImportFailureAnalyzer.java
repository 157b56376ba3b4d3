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

import io.github.atomixspring.boot.autoconfigure.config.ConfigImportException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that the cluster gave no answer to an import of configuration. Comes before
 * the analyzer of Spring Boot, which says no more than that there is no such resource.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConfigImportFailureAnalyzer extends AbstractFailureAnalyzer<ConfigImportException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigImportException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Start a majority of the members, or correct atomix.cluster.members and atomix.cluster.name. An "
						+ "application cannot import from a replica that it is going to be itself. To start without "
						+ "the configuration write 'optional:atomix:" + cause.getMap()
						+ "'; to wait longer set atomix.config.timeout.",
				cause);
	}

}
