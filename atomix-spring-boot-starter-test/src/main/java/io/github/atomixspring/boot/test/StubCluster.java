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

package io.github.atomixspring.boot.test;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.transaction.TransactionService;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of a cluster for tests that only decide about leadership: it has
 * elections, and primitives that say so when they are used.
 */
final class StubCluster {

	private final StubSession session = new StubSession();

	private final Map<String, TestElection> elections = new ConcurrentHashMap<>();

	private final AtomicLong terms = new AtomicLong();

	private final Atomix atomix = proxy(Atomix.class, this::invoke);

	private volatile boolean running;

	/**
	 * Returns the node.
	 * @return the node
	 */
	Atomix atomix() {
		return this.atomix;
	}

	/**
	 * Returns an election.
	 * @param name its name
	 * @return the election
	 */
	TestElection election(String name) {
		return this.elections.computeIfAbsent(name,
				(added) -> new TestElection(added, this.session.node(), this.terms::incrementAndGet));
	}

	private @Nullable Object invoke(Method method, @Nullable Object[] arguments) {
		switch (method.getName()) {
			case "election":
				return election((String) arguments[0]);
			case "session":
				return this.session;
			case "isRunning":
				return this.running;
			case "start":
				this.running = true;
				return null;
			case "stop", "close":
				this.running = false;
				return null;
			case "toString":
				return "Atomix without a cluster";
			default:
				return primitive(method, arguments);
		}
	}

	private Object primitive(Method method, @Nullable Object[] arguments) {
		Class<?> type = method.getReturnType();
		if (!DistributedPrimitive.class.isAssignableFrom(type) && type != TransactionService.class) {
			throw unavailable("Atomix." + method.getName());
		}
		String name = (arguments.length > 0) ? String.valueOf(arguments[0]) : "";
		return proxy(type, (operation, operands) -> switch (operation.getName()) {
			case "name" -> name;
			case "close" -> null;
			case "toString" -> type.getSimpleName() + " '" + name + "' without a cluster";
			default -> throw unavailable(type.getSimpleName() + "." + operation.getName() + " of '" + name + "'");
		});
	}

	private static IllegalStateException unavailable(String operation) {
		return new IllegalStateException(operation + " was called, and this test has no cluster: add "
				+ "@AutoConfigureAtomix to the test for a real one, or replace what calls it");
	}

	private static <T> T proxy(Class<T> type, Handler handler) {
		return type.cast(Proxy.newProxyInstance(StubCluster.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					default -> handler.invoke(method, (arguments != null) ? arguments : new Object[0]);
				}));
	}

	/**
	 * Handles the calls of a proxy.
	 */
	@FunctionalInterface
	private interface Handler {

		@Nullable Object invoke(Method method, @Nullable Object[] arguments);

	}

}
