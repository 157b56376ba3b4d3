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

package io.github.atomixspring.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.testing.Cable;
import io.github.atomixspring.spring.testing.OneMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixCacheManager}.
 */
class AtomixCacheManagerTests {

	private static OneMember cluster;

	@BeforeAll
	static void start() {
		cluster = OneMember.start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void cachesAreMadeWhenTheyAreAskedFor() {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node()).cacheNames(List.of("tea")).build();
		assertThat(manager.getCacheNames()).containsExactly("tea");
		Cache coffee = manager.getCache("coffee");
		assertThat(coffee).isInstanceOf(AtomixCache.class);
		assertThat(manager.getCache("coffee")).isSameAs(coffee);
		assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("tea", "coffee");
	}

	@Test
	void noOthersAreMadeWhenTheNamesAreFixed() {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node())
			.cacheNames(List.of("tea"))
			.cache("milk", AtomixCacheOptions.defaults())
			.dynamic(false)
			.build();
		assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("milk", "tea");
		assertThat(manager.getCache("coffee")).isNull();
	}

	@Test
	void cacheStaysTheSameWhenSpringInitializesTheManager() {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node()).cacheNames(List.of("tea")).build();
		Cache tea = manager.getCache("tea");
		manager.afterPropertiesSet();
		assertThat(manager.getCache("tea")).isSameAs(tea);
	}

	@Test
	void defaultsAreThoseOfCachesWithoutOptions() {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node())
			.defaults(AtomixCacheOptions.defaults().withNullValues(false))
			.cache("own", AtomixCacheOptions.defaults())
			.cacheNames(List.of("named", "own"))
			.build();
		assertThat(manager.getCache("named")).extracting("allowNullValues").isEqualTo(false);
		assertThat(manager.getCache("made")).extracting("allowNullValues").isEqualTo(false);
		assertThat(manager.getCache("own")).extracting("allowNullValues").isEqualTo(true);
	}

	@Test
	void prefixSeparatesApplications() {
		Cache one = AtomixCacheManager.builder(cluster.node()).prefix("one:").build().getCache("shared");
		Cache other = AtomixCacheManager.builder(cluster.node()).prefix("other:").build().getCache("shared");
		assertThat(one).isNotNull();
		assertThat(other).isNotNull();
		one.put("tea", 3);
		assertThat(other.get("tea")).isNull();
		assertThat(cluster.node().primitives()).extracting("name").contains("one:shared");
	}

	@Test
	void writesWaitForTheCommit() {
		AtomixCacheManager manager = AtomixCacheManager.builder(cluster.node()).transactionAware(true).build();
		Cache cache = manager.getCache(UUID.randomUUID().toString());
		assertThat(cache).isInstanceOf(TransactionAwareCacheDecorator.class);
		cache.put("evicted", 1);
		TransactionTemplate transaction = new TransactionTemplate(new NothingToCommit());
		transaction.executeWithoutResult((status) -> {
			cache.put("put", 3);
			cache.evict("evicted");
			assertThat(cache.get("put")).isNull();
			assertThat(cache.get("evicted")).isNotNull();
		});
		assertThat(cache.get("put", Integer.class)).isEqualTo(3);
		assertThat(cache.get("evicted")).isNull();
		transaction.executeWithoutResult((status) -> {
			cache.put("put", 4);
			status.setRollbackOnly();
		});
		assertThat(cache.get("put", Integer.class)).isEqualTo(3);
	}

	@Test
	void failsFastWhileTheNodeIsCutOff() {
		try (Cable cable = new Cable(cluster.port())) {
			Atomix node = cluster.client("fast", cable.port(), Duration.ofSeconds(2), Duration.ofMinutes(2));
			Cache cache = AtomixCacheManager.builder(node).failFast(true).build().getCache("fast");
			assertThat(cache).isNotNull();
			await().atMost(Duration.ofMinutes(1))
				.ignoreException(UnavailableException.class)
				.untilAsserted(() -> cache.put("tea", 3));
			cable.cut();
			await().atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(node.session().state()).isEqualTo(SessionState.SUSPENDED));
			assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> cache.get("tea"))
				.withMessageContaining("'fast'")
				.withMessageContaining("SUSPENDED");
			assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> cache.put("tea", 4));
			cable.mend();
			await().atMost(Duration.ofMinutes(1))
				.ignoreException(UnavailableException.class)
				.untilAsserted(() -> assertThat(cache.get("tea", Integer.class)).isEqualTo(3));
		}
	}

	/**
	 * A transaction manager without a resource.
	 */
	@SuppressWarnings("serial")
	private static final class NothingToCommit extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
