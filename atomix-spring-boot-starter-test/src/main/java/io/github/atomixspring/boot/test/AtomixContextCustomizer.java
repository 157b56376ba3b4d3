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

package io.github.atomixspring.boot.test;

import java.util.Map;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives an application context a node of its own. Customizers of all tests are equal, so
 * that tests can share a context; port and directory belong to the context.
 *
 * @param node whether there is to be a node
 */
record AtomixContextCustomizer(boolean node) implements ContextCustomizer {

	private static final String NODE = "atomixTestNode";

	private static final String ENABLED = "atomixTestEnabled";

	private static final String DEFAULTS = "atomixTestDefaults";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		if (!this.node) {
			sources.addFirst(new MapPropertySource(ENABLED, Map.of("atomix.enabled", true)));
			return;
		}
		TestNode node = new TestNode();
		// The first to be registered is the last to be destroyed: after the node itself.
		((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(NODE, node);
		sources.addFirst(new MapPropertySource(NODE, node.properties()));
		// Nobody else stands for election.
		sources.addLast(new MapPropertySource(DEFAULTS, Map.of("atomix.raft.election-timeout", "100ms")));
	}

	/**
	 * Returns whether a context has such a node.
	 * @param environment the environment of the context
	 * @return whether it has
	 */
	static boolean hasNode(Environment environment) {
		return ((ConfigurableEnvironment) environment).getPropertySources().contains(NODE);
	}

}
