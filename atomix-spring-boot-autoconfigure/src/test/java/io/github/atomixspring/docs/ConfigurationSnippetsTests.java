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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.sync.DistributedSemaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.times;

/**
 * The examples of {@code docs/configuration.md}.
 */
class ConfigurationSnippetsTests {

	@TempDir
	private Path directory;

	@Test
	void nodesWithoutSpring() {
		Member n1 = new Member("n1", "127.0.0.1", SingleMember.freePort());
		Path directory = this.directory;
		// tag::replica[]
		Atomix replica = AtomixReplica.builder()
			.clusterName("shop")
			.nodeId("n1")
			.members(List.of(n1))
			.storageDirectory(directory)
			.sessionTimeout(Duration.ofSeconds(5))
			.build();
		replica.start();
		// end::replica[]
		// tag::client[]
		Atomix client = AtomixClient.builder().clusterName("shop").nodeId("reports").members(List.of(n1)).build();
		client.start();
		// end::client[]
		replica.atomicLong("orders").set(7);
		assertThat(client.atomicLong("orders").get()).isEqualTo(7);
		client.close();
		replica.close();
	}

	@Test
	void injectionWithWhatIsDeclared() {
		TestAtomix node = TestAtomix.create();
		node.contextRunner()
			.withPropertyValues("atomix.semaphores.printers.permits=3",
					"atomix.maps.prices.value-type=java.lang.Integer", "atomix.maps.prices.time-to-live=10m")
			.withUserConfiguration(Office.class)
			.run((context) -> {
				assertThat(context.getBean(Office.class).printers().name()).isEqualTo("printers");
				assertThat(context.getBean(Office.class).prices().name()).isEqualTo("prices");
				then(node.atomix()).should(times(2)).semaphore("printers", 3);
				then(node.atomix()).should(times(2))
					.map("prices",
							MapOptions.of(Codecs.strings(), Codecs.ints()).withTimeToLive(Duration.ofMinutes(10)));
			});
	}

	@Test
	void injectionOfAllKinds() {
		TestAtomix node = TestAtomix.create();
		node.contextRunner().withPropertyValues("shop.lock=orders").withUserConfiguration(Shop.class).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			assertThat(shop.prices().name()).isEqualTo("prices");
			assertThat(shop.baskets().getObject().name()).isEqualTo("baskets");
			assertThat(shop.lock().name()).isEqualTo("orders");
			then(node.atomix()).should().map("prices", MapOptions.of(Codecs.strings(), Codecs.forType(Price.class)));
			then(node.atomix()).should()
				.map("baskets", MapOptions.of(Codecs.strings(),
						Codecs.forType(ResolvableType.forClassWithGenerics(List.class, Price.class).getType())));
		});
	}

	// tag::shop[]
	record Shop(@Primitive("prices") DistributedMap<String, Price> prices,
			@Primitive("baskets") ObjectProvider<DistributedMap<String, List<Price>>> baskets,
			@Lazy @Primitive("${shop.lock}") DistributedLock lock) {
		// end::shop[]

	}

	record Price(long cents) {

	}

	// tag::office[]
	record Office(@Primitive("printers") DistributedSemaphore printers,
			@Primitive("prices") DistributedMap<String, Integer> prices) {
		// end::office[]

	}

}
