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

/**
 * Makes a type one of application events that go to all nodes: what is published with an
 * {@code ApplicationEventPublisher} on one node is published again on the others.
 * <p>
 * On the node that publishes, nothing is different: listeners are called by Spring, once,
 * at the time and on the thread that they always are. The event goes to the others before
 * that, and the call returns, or throws, when the cluster has answered; within a
 * transaction it goes to them after the commit, and not at all after a rollback. On the
 * other nodes it is published as a {@link io.github.atomixspring.spring.event.RemoteEvent
 * RemoteEvent}, which listeners of the type itself receive like any other event.
 * <p>
 * The annotation also holds for subtypes. Events are ordinary objects, such as records,
 * which can be written and read as JSON; they neither extend {@code ApplicationEvent} nor
 * have type parameters. All nodes know their class under the same name.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(ClusteredReflectiveProcessor.class)
public @interface Clustered {

}
