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

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.Assert;

/**
 * Starts the cluster of a class with {@link WithAtomixCluster}, for the nested classes in
 * it, too. JUnit closes it with the store of the class.
 */
class WithAtomixClusterExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(WithAtomixClusterExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getStore(NAMESPACE)
			.computeIfAbsent(AtomixTestCluster.class, (key) -> create(context), AtomixTestCluster.class);
	}

	private static AtomixTestCluster create(ExtensionContext context) {
		WithAtomixCluster annotation = AnnotationSupport
			.findAnnotation(context.getRequiredTestClass(), WithAtomixCluster.class, context.getEnclosingTestClasses())
			.orElseThrow();
		AtomixTestCluster cluster = AtomixTestCluster.builder()
			.members(annotation.members())
			.sessionTimeout(DurationStyle.detectAndParse(annotation.sessionTimeout()))
			.build();
		cluster.start();
		return cluster;
	}

	private static AtomixTestCluster cluster(ExtensionContext context) {
		AtomixTestCluster cluster = context.getStore(NAMESPACE).get(AtomixTestCluster.class, AtomixTestCluster.class);
		Assert.state(cluster != null, "@WithAtomixCluster has started no cluster");
		return cluster;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		cluster(context).start();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		cluster(context).restoreIfStarted();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return parameterContext.getParameter().getType() == AtomixTestCluster.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return cluster(extensionContext);
	}

}
