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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Subscribes a method to a topic. The method has one parameter, whose type is that of the
 * messages, parameters of types included.
 * <p>
 * The application subscribes when it has started, without waiting for the cluster, and
 * unsubscribes when it stops, after the method has returned. In between the method gets
 * every message once and in the order of the log, called by one thread at a time; where
 * messages may be missing, the method {@link #onResync()} is called. Messages from before
 * are not delivered. An exception goes to the {@link #errorHandler()}, or else to the
 * log, and the next message comes all the same.
 * <p>
 * The method is called through the proxy of its bean, so that other annotations hold. It
 * must belong to a singleton. Without an Atomix node ({@code atomix.enabled=false}) it is
 * never called.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(TopicListenerReflectiveProcessor.class)
public @interface TopicListener {

	/**
	 * Alias for {@link #topic()}.
	 * @return the name of the topic
	 */
	@AliasFor("topic")
	String value() default "";

	/**
	 * Name of the topic; may have placeholders <code>${...}</code> and SpEL expressions
	 * <code>#{...}</code>.
	 * @return the name of the topic
	 */
	@AliasFor("value")
	String topic() default "";

	/**
	 * Id of the listener, by which its container is found. By default the name of the
	 * bean, a dot and the name of the method.
	 * @return the id
	 */
	String id() default "";

	/**
	 * Name of a method of the same type without parameters that is called where messages
	 * may be missing between the one before and the one after: the session of the node
	 * was lost, too many events waited for the node, the topic was destroyed, or the
	 * listener was stopped and started again. By default the gap is logged.
	 * @return the name of the method
	 */
	String onResync() default "";

	/**
	 * Name of a bean of the type
	 * {@link io.github.atomixspring.spring.messaging.TopicErrorHandler
	 * TopicErrorHandler}.
	 * @return the name of the bean
	 */
	String errorHandler() default "";

	/**
	 * Whether the listener starts with the application; may have placeholders.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "true";

}
