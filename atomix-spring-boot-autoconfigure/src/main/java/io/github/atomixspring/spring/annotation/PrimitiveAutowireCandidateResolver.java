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

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Resolves injection points with {@link Primitive @Primitive} to the bean that makes
 * primitives of their type, and to nothing else.
 * <p>
 * That bean is a prototype and no candidate for any other injection point. A suggested
 * value would be the obvious way, but is converted to the type of the injection point,
 * which for a map means to read all of its entries.
 */
class PrimitiveAutowireCandidateResolver extends ContextAnnotationAutowireCandidateResolver {

	private final InjectablePrimitives primitives;

	PrimitiveAutowireCandidateResolver(InjectablePrimitives primitives) {
		this.primitives = primitives;
	}

	@Override
	public boolean isAutowireCandidate(BeanDefinitionHolder holder, DependencyDescriptor descriptor) {
		PrimitiveInjectionPoint point = PrimitiveInjectionPoint.find(descriptor);
		if (point != null) {
			return holder.getBeanName().equals(this.primitives.beanName(point));
		}
		return super.isAutowireCandidate(holder, descriptor);
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		checkType(descriptor);
		return super.getSuggestedValue(descriptor);
	}

	@Override
	public @Nullable Object getLazyResolutionProxyIfNecessary(DependencyDescriptor descriptor,
			@Nullable String beanName) {
		checkType(descriptor);
		return super.getLazyResolutionProxyIfNecessary(descriptor, beanName);
	}

	// Before any search of candidates, which could find none and tell less.
	private void checkType(DependencyDescriptor descriptor) {
		PrimitiveInjectionPoint point = PrimitiveInjectionPoint.find(descriptor);
		if (point != null) {
			this.primitives.get(point);
		}
	}

}
