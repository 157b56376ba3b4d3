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

package io.github.atomixspring.spring.shedlock;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.testing.OneMember;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.test.support.AbstractExtensibleLockProviderIntegrationTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixLockProvider}: those of ShedLock itself, its fuzz test among
 * them, and our own.
 */
class AtomixLockProviderTests extends AbstractExtensibleLockProviderIntegrationTest {

	private static final int ATTEMPTS = 3;

	private static OneMember cluster;

	@RegisterExtension
	final TestExecutionExceptionHandler retries = this::runAgain;

	private final AtomixLockProvider provider = new AtomixLockProvider(cluster.node());

	private final DistributedMap<String, String> locks = cluster.node().map("shedlock", String.class, String.class);

	private long begin;

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@BeforeEach
	void unlockAll() {
		this.begin = System.nanoTime();
		this.locks.clear();
	}

	@Override
	protected ExtensibleLockProvider getLockProvider() {
		return this.provider;
	}

	@Override
	protected void assertUnlocked(String name) {
		// A lock whose time is over can be acquired at once and is taken away soon.
		await().until(() -> this.locks.get(name) == null);
	}

	@Override
	protected void assertLocked(String name) {
		assertThat(this.locks.get(name)).startsWith("n1/");
	}

	/**
	 * Runs a test of ShedLock again if it failed after two seconds: so long its locks
	 * live, and if the machine stood still they were over between two statements. What is
	 * wrong fails each time.
	 */
	private void runAgain(ExtensionContext context, Throwable failure) throws Throwable {
		Throwable last = failure;
		for (int attempt = 1; attempt < ATTEMPTS && mayHaveBeenLate(context.getRequiredTestMethod()); attempt++) {
			unlockAll();
			try {
				context.getRequiredTestMethod().invoke(this);
				return;
			}
			catch (InvocationTargetException ex) {
				last = ex.getTargetException();
			}
		}
		throw last;
	}

	private boolean mayHaveBeenLate(Method test) {
		return test.getDeclaringClass() != AtomixLockProviderTests.class
				&& System.nanoTime() - this.begin >= LOCK_AT_LEAST_FOR.toNanos();
	}

	@Test
	void otherNodeIsRefusedUntilUnlock() {
		AtomixLockProvider other = new AtomixLockProvider(cluster.client("other"));
		SimpleLock lock = lock(this.provider, Duration.ofMinutes(5), Duration.ZERO).orElseThrow();
		assertThat(lock(other, Duration.ofMinutes(5), Duration.ZERO)).isEmpty();
		lock.unlock();
		assertThat(lock(other, Duration.ofMinutes(5), Duration.ZERO)).isPresent();
		assertThat(lock(this.provider, Duration.ofMinutes(5), Duration.ZERO)).isEmpty();
	}

	@Test
	void lockOutlivesItsNodeUntilLockAtMostFor() {
		Atomix node = cluster.client("short-lived");
		assertThat(lock(new AtomixLockProvider(node), Duration.ofSeconds(8), Duration.ZERO)).isPresent();
		node.close();
		assertThat(lock(this.provider, Duration.ofMinutes(5), Duration.ZERO)).isEmpty();
		await().until(() -> lock(this.provider, Duration.ofMinutes(5), Duration.ZERO).isPresent());
	}

	@Test
	void unlockOfAnExpiredLockLeavesThatOfItsSuccessor() {
		SimpleLock expired = lock(this.provider, Duration.ofMillis(50), Duration.ZERO).orElseThrow();
		await().until(() -> lock(this.provider, Duration.ofMinutes(5), Duration.ZERO).isPresent());
		expired.unlock();
		assertLocked("name");
	}

	@Test
	void unlockOfAnExpiredLockDoesNotLockAgain() {
		SimpleLock expired = lock(this.provider, Duration.ofMinutes(5), Duration.ofMinutes(1)).orElseThrow();
		this.locks.clear();
		expired.unlock();
		assertUnlocked("name");
	}

	@Test
	void lockWithoutDurationEndsAtOnce() {
		assertThat(lock(this.provider, Duration.ZERO, Duration.ZERO)).isPresent();
		await().until(() -> lock(this.provider, Duration.ofMinutes(5), Duration.ZERO).isPresent());
	}

	@Test
	void mapsSeparateApplications() {
		AtomixLockProvider other = new AtomixLockProvider(cluster.node(), "other-locks");
		assertThat(lock(this.provider, Duration.ofMinutes(5), Duration.ZERO)).isPresent();
		assertThat(lock(other, Duration.ofMinutes(5), Duration.ZERO)).isPresent();
		assertThatIllegalArgumentException().isThrownBy(() -> new AtomixLockProvider(cluster.node(), " "));
	}

	private static Optional<SimpleLock> lock(AtomixLockProvider provider, Duration atMost, Duration atLeast) {
		return provider.lock(new LockConfiguration(ClockProvider.now(), "name", atMost, atLeast));
	}

}
