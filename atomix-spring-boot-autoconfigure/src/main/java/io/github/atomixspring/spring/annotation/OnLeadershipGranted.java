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
 * Calls a method each time this application begins to lead an election, of which it
 * becomes a candidate.
 * <p>
 * The method returns void and may have one parameter, of the type
 * {@link io.github.atomixspring.spring.election.Leadership Leadership}. It runs on the
 * one thread of all {@link io.github.atomixspring.spring.election.LeadershipListener
 * listeners}, in the order of its {@code @Order}, and should return soon; what it throws
 * is logged. A call of the methods with {@link OnLeadershipRevoked @OnLeadershipRevoked}
 * follows, for the same term.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface OnLeadershipGranted {

	/**
	 * Alias for {@link #election()}.
	 * @return the name of the election
	 */
	@AliasFor("election")
	String value() default "";

	/**
	 * Name of the election, as for {@link LeaderOnly#election()}.
	 * @return the name of the election
	 */
	@AliasFor("value")
	String election() default "";

}
