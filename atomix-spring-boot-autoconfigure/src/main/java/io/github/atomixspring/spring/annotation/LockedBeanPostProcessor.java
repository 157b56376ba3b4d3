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

import java.time.Duration;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.lock.HeldLock;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.Ordered;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Applies {@link Locked @Locked}.
 * <p>
 * The order is before that of {@link LeaderOnlyBeanPostProcessor}, and the advice is put
 * before existing ones: then it is inside of {@code @Async} and {@code @LeaderOnly}, and
 * outside of {@code @Transactional}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class LockedBeanPostProcessor extends AbstractGuardBeanPostProcessor<Locked, LockedMethod> {

	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 2;

	private final Supplier<Duration> defaultMaxWait;

	private final LockInstances instances;

	private @Nullable ConfigurableBeanFactory beanFactory;

	/**
	 * Creates a post-processor.
	 * @param atomix the node, asked for when the first method is called
	 * @param defaultMaxWait the longest wait of annotations without one, asked for when
	 * the first method is called or all singletons are there
	 */
	public LockedBeanPostProcessor(Supplier<Atomix> atomix, Supplier<Duration> defaultMaxWait) {
		super(new GuardedMethods<>(Locked.class, Locked::otherwise, HeldLock.class), ORDER);
		this.defaultMaxWait = defaultMaxWait;
		this.instances = new LockInstances(atomix);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		Assert.isInstanceOf(ConfigurableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableBeanFactory) beanFactory;
	}

	@Override
	LockedMethod prepare(GuardedMethod<Locked> method) {
		Class<?> type = method.method().getReturnType();
		if (!ResultKind.isKnown(type) || KotlinDetector.isSuspendingFunction(method.method())) {
			throw new InvalidAnnotationException(
					method.describe() + " cannot know when its work has ended: it returns the type '"
							+ type.getTypeName() + "'",
					"Return a CompletableFuture or CompletionStage, a reactive type of Reactor, or the result itself");
		}
		if (method.hasParameter(LockHandle.class)) {
			throw new InvalidAnnotationException(method.describe() + " does not fill in its parameter of the type '"
					+ LockHandle.class.getName() + "'", "Declare it as '" + HeldLock.class.getName() + "'");
		}
		Assert.state(this.beanFactory != null, "'beanFactory' must not be null");
		LockName name = LockName.parse(method, resolve(method, "lock", method.annotation().lock()), this.beanFactory);
		Duration maxWait = duration(method, "maxWait", method.annotation().maxWait());
		Duration lease = duration(method, "lease", method.annotation().lease());
		if (lease != null && lease.isZero()) {
			throw invalid(method, "lease", method.annotation().lease(), "it must be longer than zero");
		}
		return new LockedMethod(method, name, (maxWait != null) ? maxWait : this.defaultMaxWait.get(), lease);
	}

	@Override
	@Nullable Object invoke(MethodInvocation invocation, LockedMethod method) throws Throwable {
		GuardedMethod<Locked> guarded = method.guarded();
		String name = method.name().evaluate(invocation.getArguments());
		return switch (guarded.resultKind()) {
			case VALUE -> this.instances.use(name, method, (lock) -> method.invoke(invocation, lock));
			case FUTURE -> new LockedFuture(invocation, method, name, this.instances).invoke();
			case REACTIVE -> ReactiveLocked.invoke(invocation, method, name, this.instances);
		};
	}

	private @Nullable Duration duration(GuardedMethod<Locked> method, String attribute, String written) {
		String text = resolve(method, attribute, written);
		if (!StringUtils.hasText(text)) {
			return null;
		}
		Duration duration;
		try {
			duration = DurationFormatterUtils.detectAndParse(text.trim());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(method, attribute, text, "it is no duration");
		}
		if (duration.isNegative()) {
			throw invalid(method, attribute, text, "it must not be negative");
		}
		return duration;
	}

	private String resolve(GuardedMethod<Locked> method, String attribute, String written) {
		Assert.state(this.beanFactory != null, "'beanFactory' must not be null");
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(written);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAnnotationException(
					"The attribute '" + attribute + "' with the value '" + written + "' of " + method.describe()
							+ " cannot be resolved: " + ex.getMessage(),
					"Correct the placeholder, or set the property", ex);
		}
	}

	private static InvalidAnnotationException invalid(GuardedMethod<Locked> method, String attribute, String value,
			String reason) {
		return new InvalidAnnotationException(
				"The attribute '" + attribute + "' of " + method.describe() + " is '" + value + "': " + reason,
				"Write a number and a unit, as in 500ms, 5s or 10m");
	}

}
