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

import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method a consumer of a task queue. The method has a parameter for the task
 * itself, or one of the type {@link io.github.atomixspring.messaging.Task Task}, or both;
 * what is in the queue is taken from their types, parameters of types included.
 * <p>
 * Each task is done <b>at least once</b>, by one consumer on any node. It comes again if
 * the method throws an exception, and if this application dies, loses its session or
 * stops before it is acknowledged; then another may be at it while this one still is.
 * <p>
 * The application becomes a consumer when it has started, without waiting for the
 * cluster. When it stops it begins no more tasks, waits for those that are being done,
 * and gives the others back.
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
@Reflective(ListenerReflectiveProcessor.class)
public @interface TaskListener {

	/**
	 * Alias for {@link #queue()}.
	 * @return the name of the task queue
	 */
	@AliasFor("queue")
	String value() default "";

	/**
	 * Name of the task queue; may have placeholders <code>${...}</code> and SpEL
	 * expressions <code>#{...}</code>.
	 * @return the name of the task queue
	 */
	@AliasFor("value")
	String queue() default "";

	/**
	 * Id of the listener, by which its container is found. By default the name of the
	 * bean, a dot and the name of the method.
	 * @return the id
	 */
	String id() default "";

	/**
	 * How many tasks this application does at a time, from 1 to 1,000; may have
	 * placeholders.
	 * @return the number
	 */
	String concurrency() default "1";

	/**
	 * How the cluster learns that a task is done: when the method returns, or the
	 * {@code CompletionStage} that it returns has completed; or explicitly by
	 * {@link io.github.atomixspring.messaging.Task#complete()}, which needs a parameter
	 * of the type {@code Task}.
	 * @return how a task is acknowledged
	 */
	Acknowledgement acknowledgement() default Acknowledgement.AUTOMATIC;

	/**
	 * How often a task is handed out at most, on all nodes together; may have
	 * placeholders. A task that fails at the last of these deliveries, or comes again
	 * after it, goes to the {@link #deadLetters()}, or is dropped and logged if there are
	 * none. By default there is no limit.
	 * @return the number, at least 1
	 */
	String maxDeliveries() default "";

	/**
	 * Name of the task queue to which tasks go that were given up; may have placeholders
	 * and SpEL expressions. It has the same type of tasks.
	 * @return the name of the task queue
	 */
	String deadLetters() default "";

	/**
	 * Name of a bean of the type
	 * {@link io.github.atomixspring.spring.messaging.TaskErrorHandler TaskErrorHandler},
	 * which decides what happens to a task that has failed. By default it is delivered
	 * again.
	 * @return the name of the bean
	 */
	String errorHandler() default "";

	/**
	 * Whether the listener starts with the application; may have placeholders.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "true";

}
