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

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
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
public class LeaderOnlyBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
		implements EmbeddedValueResolverAware, SmartInitializingSingleton {

	private final Supplier<LeaderElections> elections;

	private final Supplier<String> defaultElection;

	/** The names as written in annotations, and what they were resolved to. */
	private final Map<String, String> names = new ConcurrentHashMap<>();

	private final Map<Class<?>, Set<LeaderOnlyMethod>> types = new ConcurrentHashMap<>();

	private @Nullable StringValueResolver embeddedValueResolver;

	private volatile boolean initialized;

	/**
	 * Creates a post-processor.
	 * @param elections the elections, asked for when the first method is called or all
	 * singletons are there
	 * @param defaultElection the name of the election of annotations without one
	 */
	public LeaderOnlyBeanPostProcessor(Supplier<LeaderElections> elections, Supplier<String> defaultElection) {
		this.elections = elections;
		this.defaultElection = defaultElection;
		this.advisor = new DefaultPointcutAdvisor(new LeaderOnlyPointcut(), new LeaderOnlyInterceptor());
		setBeforeExistingAdvisors(true);
		setOrder(Ordered.LOWEST_PRECEDENCE - 1);
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.embeddedValueResolver = resolver;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (!(bean instanceof AopInfrastructureBean)) {
			boolean discovered = !findAll(type).isEmpty();
			if (discovered && this.initialized) {
				enter(type);
			}
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	/**
	 * Enters the elections found so far. The names are resolved only now because their
	 * expressions may refer to beans.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.initialized = true;
		this.types.keySet().forEach(this::enter);
	}

	private void enter(Class<?> type) {
		findAll(type).forEach((method) -> this.elections.get().enter(resolve(method)));
	}

	private Set<LeaderOnlyMethod> findAll(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, LeaderOnly.class)) {
			return Set.of();
		}
		Class<?> userType = ClassUtils.getUserClass(type);
		return this.types.computeIfAbsent(userType, LeaderOnlyMethod::findAll);
	}

	private String resolve(LeaderOnlyMethod method) {
		String known = this.names.get(method.name());
		if (known != null) {
			return known;
		}
		String resolved = (method.name().isEmpty()) ? this.defaultElection.get() : evaluate(method.name());
		if (!StringUtils.hasText(resolved)) {
			throw new InvalidAnnotationException(
					"The election '" + method.name() + "' of @LeaderOnly on method "
							+ ClassUtils.getQualifiedMethodName(method.method()) + " has become a blank name",
					"Correct the placeholder or the expression");
		}
		this.names.put(method.name(), resolved);
		return resolved;
	}

	private @Nullable String evaluate(String name) {
		StringValueResolver resolver = this.embeddedValueResolver;
		return (resolver != null) ? resolver.resolveStringValue(name) : name;
	}

	/**
	 * Matches the methods that only the leader runs.
	 */
	private final class LeaderOnlyPointcut extends StaticMethodMatcherPointcut {

		LeaderOnlyPointcut() {
			setClassFilter((type) -> !findAll(type).isEmpty());
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
			return LeaderOnlyMethod.find(specific, targetClass) != null;
		}

	}

	/**
	 * Lets calls through while this application leads.
	 */
	private final class LeaderOnlyInterceptor implements MethodInterceptor {

		private final Map<Method, LeaderOnlyMethod> methods = new ConcurrentHashMap<>();

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			LeaderOnlyMethod method = find(invocation);
			String election = resolve(method);
			LeaderElections elections = LeaderOnlyBeanPostProcessor.this.elections.get();
			Leadership leadership = elections.leadership(election).orElse(null);
			if (leadership == null) {
				elections.enter(election);
				return method.notLeader(election);
			}
			method.fill(invocation.getArguments(), leadership);
			try (Registration binding = leadership.bind()) {
				return invocation.proceed();
			}
		}

		private LeaderOnlyMethod find(MethodInvocation invocation) {
			Object target = invocation.getThis();
			Class<?> type = (target != null) ? AopUtils.getTargetClass(target)
					: invocation.getMethod().getDeclaringClass();
			Method specific = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
			LeaderOnlyMethod known = this.methods.get(specific);
			if (known == null) {
				known = LeaderOnlyMethod.find(specific, type);
				Assert.state(known != null, "No @LeaderOnly annotation found");
				this.methods.put(specific, known);
			}
			return known;
		}

	}

}
