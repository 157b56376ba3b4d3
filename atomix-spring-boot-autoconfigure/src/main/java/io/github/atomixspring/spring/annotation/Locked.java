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
 * Lets a method, or all methods of a type, run only under a
 * {@link io.github.atomixspring.lock.DistributedLock lock} of the cluster.
 * <p>
 * The lock is acquired before the method is called and released when it has returned.
 * Where it returns a {@code CompletableFuture}, {@code CompletionStage} or a reactive
 * type, the lock is held until that has ended. A lock that is not acquired in time makes
 * the call fail, or it is {@linkplain #otherwise() skipped}.
 * <p>
 * The lock can be lost while the method runs; then the caller gets a
 * {@link io.github.atomixspring.lock.LockLostException} when the method has returned.
 * Long work takes a parameter of the type
 * {@link io.github.atomixspring.spring.lock.HeldLock HeldLock}, which is filled in, or
 * {@link io.github.atomixspring.spring.lock.HeldLock#current() the current one} where no
 * parameter is possible, and calls
 * {@link io.github.atomixspring.spring.lock.HeldLock#ensureHeld() ensureHeld()} between
 * its steps. If a release cannot be confirmed, a warning is logged and it is repeated in
 * the background; the caller gets the result.
 * <p>
 * A thread may call methods under the same lock from within each other, and use the lock
 * itself: it is reentrant for its thread. Methods with asynchronous results are not; the
 * inner call waits for the outer one. The thread of the caller waits, also with a future;
 * no thread waits with a reactive type, whose method is called at each subscription.
 * Interruption ends the wait.
 * <p>
 * The lock is acquired inside of {@code @Async} and {@code @LeaderOnly}, and outside of
 * {@code @Transactional}, so that it outlives the transaction, and of {@code @Cacheable}.
 * As with all proxies, calls within the same object are not seen. Without an Atomix node
 * ({@code atomix.enabled=false}) the annotation has no effect.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(LockedReflectiveProcessor.class)
public @interface Locked {

	/**
	 * Alias for {@link #lock()}.
	 * @return the name of the lock
	 */
	@AliasFor("lock")
	String value() default "";

	/**
	 * Name of the lock, which must not be missing; may have placeholders
	 * <code>${...}</code> and SpEL expressions <code>#{...}</code>, in which
	 * <code>#id</code> is the argument for the parameter {@code id} and <code>#p0</code>
	 * the first argument, as in <code>order-#{#id}</code>.
	 * @return the name of the lock
	 */
	@AliasFor("value")
	String lock() default "";

	/**
	 * Longest wait for the lock, such as {@code 500ms} or {@code 5s}; may have
	 * placeholders. Zero does not wait. By default the time that an operation may take,
	 * {@code atomix.session.operation-timeout}.
	 * @return the longest wait
	 */
	String maxWait() default "";

	/**
	 * Longest time the lock is held, such as {@code 10m}; may have placeholders. When it
	 * has run out the lock is lost, whether the method still runs or not. By default it
	 * is held as long as the method runs and the session of the node lasts.
	 * @return the lease
	 */
	String lease() default "";

	/**
	 * What happens to a call for which the lock was not acquired in time. It fails with
	 * {@link io.github.atomixspring.spring.lock.LockNotAcquiredException}, or it is
	 * skipped.
	 * @return what happens
	 */
	Otherwise otherwise() default Otherwise.THROW;

}
