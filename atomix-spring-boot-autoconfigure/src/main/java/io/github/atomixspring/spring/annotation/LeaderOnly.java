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
 * Lets a method, or all methods of a type, run only while this application is the leader.
 * <p>
 * The application becomes a candidate of each election that is named so. At each call the
 * node looks whether it leads and can vouch for it by its own clock; it does not ask the
 * cluster. A call where it does not lead is skipped or rejected. A skipped method returns
 * null, or an empty {@code Optional}, stream, future or reactive type; a method with a
 * primitive return type cannot be skipped and is refused at start-up. With a reactive
 * type the look is taken at each subscription, and the method is called by it.
 * <p>
 * Leadership can end while the method runs. Long work takes a parameter of the type
 * {@link io.github.atomixspring.spring.election.Leadership Leadership}, which is filled
 * in, or {@link io.github.atomixspring.spring.election.Leadership#current() the current
 * one} where no parameter is possible, and calls
 * {@link io.github.atomixspring.spring.election.Leadership#ensureLeader() ensureLeader()}
 * between its steps.
 * <p>
 * The check happens inside of {@code @Async}, on the thread that does the work, and
 * outside of {@code @Transactional}. As with all proxies, calls within the same object
 * are not seen. Without an Atomix node ({@code atomix.enabled=false}) the annotation has
 * no effect.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface LeaderOnly {

	/**
	 * Alias for {@link #election()}.
	 * @return the name of the election
	 */
	@AliasFor("election")
	String value() default "";

	/**
	 * Name of the election; may have placeholders <code>${...}</code> and SpEL
	 * expressions <code>#{...}</code>. By default the value of
	 * {@code atomix.leader.election}, or else the name of the application.
	 * @return the name of the election
	 */
	@AliasFor("value")
	String election() default "";

	/**
	 * What happens to a call where this application does not lead. It is skipped, or it
	 * fails with {@link io.github.atomixspring.spring.election.NotLeaderException}.
	 * @return what happens
	 */
	Otherwise otherwise() default Otherwise.SKIP;

	/**
	 * Whether a call is interrupted when the leadership under which it runs ends. The
	 * running thread is interrupted, and what the method throws thereupon reaches the
	 * caller as {@link io.github.atomixspring.spring.election.LeadershipLostException}. A
	 * future or a reactive type that the method has returned is cancelled and fails with
	 * this exception.
	 * @return whether it is interrupted
	 */
	boolean interruptOnRevocation() default false;

}
