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

package io.github.atomixspring.docs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/locks.md}.
 */
@ExtendWith(SingleMember.class)
class LocksSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	private final InvoiceStore store = new InvoiceStore();

	@Test
	void basic() {
		InvoiceStore store = this.store;
		Atomix atomix = this.atomix;
		// tag::basic[]
		DistributedLock lock = atomix.lock("invoices");
		lock.lock();
		try {
			store.write("invoice 7", lock.fencingToken());
		}
		finally {
			lock.unlock();
		}
		// end::basic[]
		assertThat(store.written).containsExactly("invoice 7");
		assertThat(lock.isLocked()).isFalse();
	}

	@Test
	void limitedWait() throws InterruptedException {
		InvoiceStore store = this.store;
		DistributedLock lock = this.atomix.lock("limited");
		// tag::limited-wait[]
		if (lock.tryLock(Duration.ofSeconds(5))) {
			try {
				store.write("invoice 8", lock.fencingToken());
			}
			finally {
				lock.unlock();
			}
		}
		// end::limited-wait[]
		assertThat(store.written).containsExactly("invoice 8");
	}

	@Test
	void lease() throws InterruptedException {
		DistributedLock lock = this.atomix.lock("lease");
		List<String> lost = new CopyOnWriteArrayList<>();
		// tag::lease[]
		Registration registration = lock.addLostListener((name, token) -> lost.add(name + " " + token));
		boolean held = lock.tryLock(Duration.ofSeconds(5), Duration.ofMillis(500));
		// end::lease[]
		assertThat(held).isTrue();
		await().untilAsserted(() -> assertThat(lost).hasSize(1));
		assertThat(lock.isHeldByCurrentThread()).isFalse();
		registration.close();
	}

	@Test
	void async() {
		InvoiceStore store = this.store;
		DistributedLock lock = this.atomix.lock("async");
		// tag::async[]
		AsyncDistributedLock async = lock.async();
		CompletableFuture<Void> written = async.lock()
			.thenCompose((handle) -> store.writeAsync("invoice 9", handle.fencingToken())
				.whenComplete((done, ex) -> handle.unlock()));
		// end::async[]
		written.join();
		assertThat(store.written).containsExactly("invoice 9");
		await().until(() -> !lock.isLocked());
	}

	@Test
	void handle() {
		InvoiceStore store = this.store;
		DistributedLock lock = this.atomix.lock("handle");
		// tag::handle[]
		try (LockHandle handle = lock.async().lock().join()) {
			store.write("invoice 10", handle.fencingToken());
		}
		// end::handle[]
		assertThat(store.written).containsExactly("invoice 10");
		assertThat(lock.isLocked()).isFalse();
	}

	@Test
	void holder() {
		DistributedLock lock = this.atomix.lock("holder");
		List<String> report = new CopyOnWriteArrayList<>();
		lock.lock();
		// tag::holder[]
		lock.holder()
			.ifPresent((holder) -> report.add("held by " + holder.node() + ", token " + holder.fencingToken()));
		// end::holder[]
		assertThat(report).singleElement().asString().startsWith("held by n1, token ");
		lock.unlock();
	}

	@Test
	void force() {
		DistributedLock lock = this.atomix.lock("force");
		lock.lock();
		// tag::force[]
		lock.holder().ifPresent((holder) -> lock.forceUnlock(holder.fencingToken()));
		// end::force[]
		assertThat(lock.isLocked()).isFalse();
		await().until(() -> !lock.isHeldByCurrentThread());
	}

	/**
	 * Takes what was written, with the token of the writer.
	 */
	static class InvoiceStore {

		final List<String> written = new CopyOnWriteArrayList<>();

		private long greatestToken;

		synchronized void write(String invoice, long token) {
			assertThat(token).isPositive().isGreaterThanOrEqualTo(this.greatestToken);
			this.greatestToken = token;
			this.written.add(invoice);
		}

		CompletableFuture<Void> writeAsync(String invoice, long token) {
			return CompletableFuture.runAsync(() -> write(invoice, token));
		}

	}

}
