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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The examples of {@code docs/guarantees.md}.
 */
@ExtendWith(SingleMember.class)
class GuaranteesSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void resourceRejectsSmallerTokens() {
		Ledger ledger = new Ledger();
		DistributedLock lock = this.atomix.lock("ledger");
		lock.lock();
		long first = lock.fencingToken();
		lock.unlock();
		lock.lock();
		long second = lock.fencingToken();
		lock.unlock();
		assertThat(second).isGreaterThan(first);
		ledger.write("a", first);
		ledger.write("b", second);
		assertThatIllegalStateException().isThrownBy(() -> ledger.write("c", first));
		assertThat(ledger.entries()).containsExactly("a", "b");
	}

	@Test
	void outcomes() {
		DistributedMap<String, Integer> stock = this.atomix.map("stock", String.class, Integer.class);
		AtomicBoolean repeated = new AtomicBoolean();
		// tag::outcomes[]
		try {
			stock.put("tea", 5);
		}
		catch (UnavailableException ex) {
			// It did not happen and will not: try again, or tell the caller.
			repeated.set(true);
		}
		catch (UnknownOutcomeException ex) {
			// It may have happened, or may happen later: a put of the same value may be
			// repeated, an increment may not.
			stock.put("tea", 5);
		}
		// end::outcomes[]
		assertThat(stock.get("tea")).isEqualTo(5);
		assertThat(repeated).isFalse();
	}

	@Test
	void session() {
		Atomix atomix = this.atomix;
		List<String> states = new CopyOnWriteArrayList<>();
		// tag::session[]
		atomix.session().addListener((id, state) -> {
			switch (state) {
				case CONNECTED -> states.add("session " + id + " is within its lease");
				case SUSPENDED -> states.add("what session " + id + " held counts as lost");
				case EXPIRED -> states.add("session " + id + " has ended, a new one is opened");
				case CLOSED -> states.add("this node was stopped");
			}
		});
		// end::session[]
		assertThat(states).isEmpty();
	}

	// tag::ledger[]
	static class Ledger {

		private final List<String> entries = new CopyOnWriteArrayList<>();

		private long greatestToken;

		synchronized void write(String entry, long token) {
			if (token < this.greatestToken) {
				throw new IllegalStateException("Token " + token + " is old, " + this.greatestToken + " was seen");
			}
			this.greatestToken = token;
			this.entries.add(entry);
		}

		List<String> entries() {
			return this.entries;
		}

	}
	// end::ledger[]

}
