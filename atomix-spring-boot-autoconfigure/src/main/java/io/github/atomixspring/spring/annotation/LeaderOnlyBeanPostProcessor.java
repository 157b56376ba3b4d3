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

package io.github.atomixspring.spring.annotation;

import java.util.function.Supplier;

import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.Ordered;
import org.springframework.util.StringValueResolver;

/**
 * Applies {@link LeaderOnly @LeaderOnly} and makes the application a candidate of the
 * elections it names.
 * <p>
 * The order is one before the lowest, and the advice is put before existing ones: then it
 * is inside of {@code @Async} and outside of {@code @Transactional}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class LeaderOnlyBeanPostProcessor extends AbstractGuardBeanPostProcessor<LeaderOnly, LeaderOnlyMethod>
		implements EmbeddedValueResolverAware {

	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 1;

	private final Supplier<LeaderElections> elections;

	private final ElectionNames names;

	/**
	 * Creates a post-processor.
	 * @param elections the elections, asked for when the first method is called or all
	 * singletons are there
	 * @param defaultElection the name of the election of annotations without one
	 */
	public LeaderOnlyBeanPostProcessor(Supplier<LeaderElections> elections, Supplier<String> defaultElection) {
		super(new GuardedMethods<>(LeaderOnly.class, LeaderOnly::otherwise, Leadership.class), ORDER);
		this.elections = elections;
		this.names = new ElectionNames(defaultElection);
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.names.setResolver(resolver);
	}

	@Override
	LeaderOnlyMethod prepare(GuardedMethod<LeaderOnly> method) {
		if (method.hasParameter(io.github.atomixspring.election.Leadership.class)) {
			throw new InvalidAnnotationException(
					method.describe() + " does not fill in its parameter of the type '"
							+ io.github.atomixspring.election.Leadership.class.getName() + "'",
					"Declare it as '" + Leadership.class.getName() + "'");
		}
		String election = this.names.resolve(method.annotation().election(), method.describe());
		LeaderElections elections = this.elections.get();
		elections.enter(election);
		return new LeaderOnlyMethod(method, elections, election);
	}

	@Override
	@Nullable Object invoke(MethodInvocation invocation, LeaderOnlyMethod method) throws Throwable {
		if (method.guarded().resultKind() == ResultKind.REACTIVE) {
			return ReactiveLeaderOnly.invoke(invocation, method);
		}
		return method.invoke(invocation);
	}

}
