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

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers the method of a {@link TopicListener @TopicListener}, what it takes, and the
 * method it names for gaps.
 */
class TopicListenerReflectiveProcessor extends ListenerReflectiveProcessor {

	@Override
	protected void registerMethodHint(ReflectionHints hints, Method method) {
		super.registerMethodHint(hints, method);
		TopicListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, TopicListener.class);
		Method onResync = (annotation != null && !annotation.onResync().isEmpty())
				? ReflectionUtils.findMethod(method.getDeclaringClass(), annotation.onResync()) : null;
		if (onResync != null) {
			hints.registerMethod(onResync, ExecutableMode.INVOKE);
		}
	}

}
