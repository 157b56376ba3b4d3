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

package io.github.atomixspring;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.sync.PermitHandle;

/**
 * A blocking face and its asynchronous twin, compared method by method.
 */
final class Twins {

	/**
	 * What only the blocking face has: it answers without the cluster, belongs to the
	 * calling thread, is a view that is read in pages, or is a form that the JDK adds to
	 * an operation which the twin has in another.
	 */
	private static final Map<Class<?>, Set<String>> BLOCKING_ONLY = Map.ofEntries(
			Map.entry(DistributedLock.class,
					Set.of("isHeldByCurrentThread()", "addLostListener(LockLostListener)", "fencingToken()", "unlock()",
							"lockInterruptibly()", "newCondition()")),
			Map.entry(DistributedSemaphore.class,
					Set.of("heldPermits()", "addLostListener(PermitsLostListener)", "release()", "release(int)",
							"acquireUninterruptibly()", "acquireUninterruptibly(int)")),
			Map.entry(DistributedCyclicBarrier.class, Set.of("getParties()")),
			Map.entry(DistributedLeaderElection.class, Set.of("isLeader(String)")),
			Map.entry(DistributedGroup.class, Set.of("producer(GroupChannel, ProducerOptions)")),
			Map.entry(LocalGroupMember.class,
					Set.of("id()", "metadata()", "isPersistent()", "isMember()", "isLeader()", "leaderTerm()")),
			Map.entry(DistributedMap.class, Set.of("keySet()", "values()", "entrySet()")),
			Map.entry(DistributedNavigableMap.class,
					Set.of("comparator()", "navigableKeySet()", "descendingKeySet()", "descendingMap()",
							"subMap(Object, Object)", "subMap(Object, boolean, Object, boolean)", "headMap(Object)",
							"headMap(Object, boolean)", "tailMap(Object)", "tailMap(Object, boolean)", "firstKey()",
							"lastKey()", "lowerKey(Object)", "floorKey(Object)", "ceilingKey(Object)",
							"higherKey(Object)")),
			Map.entry(DistributedCounterMap.class, Set.of("forEach(ObjLongConsumer)")),
			Map.entry(DistributedMultimap.class, Set.of("keys()", "entries()")),
			Map.entry(DistributedSet.class, Set.of("iterator()", "toArray()", "toArray(Object[])")),
			Map.entry(DistributedQueue.class,
					Set.of("iterator()", "toArray()", "toArray(Object[])", "add(Object)", "remove()", "element()",
							"remainingCapacity()", "containsAll(Collection)", "removeAll(Collection)",
							"retainAll(Collection)", "drainTo(Collection)", "drainTo(Collection, int)")));

	/**
	 * What only the twin has: a lease without a timeout, and a list where the JDK has a
	 * collection to add to.
	 */
	private static final Map<Class<?>, Set<String>> ASYNCHRONOUS_ONLY = Map.of(DistributedLock.class,
			Set.of("lock(Duration)"), DistributedQueue.class, Set.of("drain(int)"));

	/**
	 * What the twin hands out instead of a claim of the thread or the node.
	 */
	private static final Map<Class<?>, Class<?>> HANDLES = Map.of(DistributedLock.class, LockHandle.class,
			DistributedSemaphore.class, PermitHandle.class);

	private final Class<?> face;

	private final Class<?> twin;

	Twins(Class<?> face, Class<?> twin) {
		this.face = face;
		this.twin = twin;
	}

	/**
	 * Returns what the two do not have in common and is no exception with a reason.
	 * @return a text for each difference
	 */
	List<String> differences() {
		List<String> differences = new ArrayList<>();
		Map<String, Method> asynchronous = Arrays.stream(this.twin.getMethods())
			.collect(Collectors.toMap(Twins::signature, (method) -> method));
		for (Method method : this.face.getMethods()) {
			String signature = signature(method);
			Method other = asynchronous.get(signature);
			if (other != null) {
				compare(method, other, differences);
			}
			else if (isExpected(method) && !isException(BLOCKING_ONLY, signature)) {
				differences.add(this.twin.getSimpleName() + " has no " + signature);
			}
		}
		Set<String> blocking = Arrays.stream(this.face.getMethods()).map(Twins::signature).collect(Collectors.toSet());
		for (String signature : asynchronous.keySet()) {
			if (!blocking.contains(signature) && !isException(ASYNCHRONOUS_ONLY, signature)) {
				differences.add(this.face.getSimpleName() + " has no " + signature);
			}
		}
		return differences;
	}

	private void compare(Method method, Method other, List<String> differences) {
		String subject = this.twin.getSimpleName() + "." + signature(other);
		Class<?> handle = HANDLES.get(this.face);
		List<String> allowed = new ArrayList<>();
		allowed.add(boxed(method.getGenericReturnType()));
		if (handle != null) {
			allowed.add(handle.getName());
			allowed.add(Optional.class.getName() + "<" + handle.getName() + ">");
		}
		String returned = other.getGenericReturnType().getTypeName();
		if (allowed.stream()
			.noneMatch((type) -> returned.equals(CompletableFuture.class.getName() + "<" + type + ">"))) {
			differences.add(subject + " returns " + returned);
		}
		if (isOurs(method) && !names(method).equals(names(other))) {
			differences.add(subject + " has the parameters " + names(other) + " and not " + names(method));
		}
	}

	/**
	 * Returns whether a twin is expected: not of what all primitives have, of what the
	 * JDK builds of other methods, and of times in units.
	 * @param method a method of the blocking face
	 * @return whether it should have a twin
	 */
	private boolean isExpected(Method method) {
		Class<?> declaring = method.getDeclaringClass();
		return !declaring.isAssignableFrom(DistributedPrimitive.class) && !method.getName().equals("async")
				&& !isOfObject(method) && (isOurs(method) || !method.isDefault())
				&& !List.of(method.getParameterTypes()).contains(TimeUnit.class);
	}

	private static boolean isOfObject(Method method) {
		return Arrays.stream(Object.class.getMethods()).map(Twins::signature).anyMatch(signature(method)::equals);
	}

	private static boolean isOurs(Method method) {
		return method.getDeclaringClass().getPackageName().startsWith(Twins.class.getPackageName());
	}

	private boolean isException(Map<Class<?>, Set<String>> exceptions, String signature) {
		return exceptions.entrySet()
			.stream()
			.anyMatch((entry) -> entry.getKey().isAssignableFrom(this.face) && entry.getValue().contains(signature));
	}

	private static String signature(Method method) {
		return method.getName() + Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", "(", ")"));
	}

	private static List<String> names(Method method) {
		return Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
	}

	private static String boxed(Type type) {
		if (type instanceof Class<?> raw && raw.isPrimitive()) {
			return MethodType.methodType(raw).wrap().returnType().getName();
		}
		return type.getTypeName();
	}

}
