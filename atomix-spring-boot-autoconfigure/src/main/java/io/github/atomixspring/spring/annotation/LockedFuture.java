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

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.lock.HeldLock;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method that returns a future, until which the lock is held. The calling
 * thread waits for the lock: the method has to run in this thread, with all that is bound
 * to it.
 */
final class LockedFuture {

	private final MethodInvocation invocation;

	private final LockedMethod method;

	private final String name;

	private final LockInstances instances;

	LockedFuture(MethodInvocation invocation, LockedMethod method, String name, LockInstances instances) {
		this.invocation = invocation;
		this.method = method;
		this.name = name;
		this.instances = instances;
	}

	@Nullable Object invoke() throws Throwable {
		DistributedLock lock = this.instances.open(this.name, this.method);
		LockHandle handle;
		try {
			handle = acquire(lock);
		}
		catch (AtomixException ex) {
			this.instances.close(this.name, this.method);
			return this.method.guarded().fail(ex);
		}
		if (handle == null) {
			this.instances.close(this.name, this.method);
			return this.method.guarded().reject(this.method.notAcquired(this.name));
		}
		return proceed(handle);
	}

	private @Nullable LockHandle acquire(DistributedLock lock) {
		CompletableFuture<Optional<LockHandle>> wait = this.method.acquire(lock.async());
		try {
			return wait.get().orElse(null);
		}
		catch (InterruptedException ex) {
			wait.cancel(true);
			wait.thenAccept((crossed) -> crossed.ifPresent(LockHandle::unlock));
			throw this.method.interrupted(this.name, ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof AtomixException cause) ? cause
					: new AtomixException("Lock '" + this.name + "' could not be acquired", ex.getCause());
		}
	}

	private @Nullable Object proceed(LockHandle handle) throws Throwable {
		Object result;
		try {
			HeldLock held = HeldLock.of(this.name, handle);
			this.method.guarded().fill(this.invocation, held);
			try (Registration binding = held.bind()) {
				result = this.invocation.proceed();
			}
		}
		catch (Throwable ex) {
			release(handle);
			throw ex;
		}
		if (result instanceof CompletionStage<?> work) {
			return FutureResults.follow(work, () -> release(handle));
		}
		release(handle);
		return result;
	}

	private CompletableFuture<Void> release(LockHandle handle) {
		return this.method.release(this.name, handle)
			.whenComplete((released, ex) -> this.instances.close(this.name, this.method));
	}

}
