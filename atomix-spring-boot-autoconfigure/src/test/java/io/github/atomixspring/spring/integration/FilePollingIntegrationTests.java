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

package io.github.atomixspring.spring.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.TestNodes;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.integration.AtomixIntegrationAutoConfiguration;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.SessionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.file.FileHeaders;
import org.springframework.integration.file.dsl.FileInboundChannelAdapterSpec;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.selector.MetadataStoreSelector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three members poll one directory and share a metadata store. No file is processed
 * twice, whichever members lose their servers and nodes in the middle of it. A file stays
 * behind only if the answer to its claim was lost, and then it can be released.
 */
class FilePollingIntegrationTests {

	private static final int FILES_PER_ROUND = 30;

	@TempDir
	private Path root;

	private final Work work = new Work();

	private final Map<String, ConfigurableApplicationContext> contexts = new LinkedHashMap<>();

	private String members;

	private Path inbox;

	private int files;

	@BeforeEach
	void startMembers() throws IOException {
		this.inbox = Files.createDirectory(this.root.resolve("inbox"));
		this.members = IntStream.rangeClosed(1, 3)
			.mapToObj((i) -> "n" + i + "=127.0.0.1:" + LocalCluster.freePort())
			.collect(Collectors.joining(","));
		List.of("n1", "n2", "n3").forEach(this::startMember);
		awaitHealth();
	}

	@AfterEach
	void stopMembers() {
		this.contexts.values().forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void eachFileIsProcessedOnceWhileMembersComeAndGo() throws IOException {
		drop(FILES_PER_ROUND);
		String leader = leader();
		for (String victim : List.of(leader, "n1", "n2")) {
			awaitProcessed(this.files - FILES_PER_ROUND / 2);
			drop(FILES_PER_ROUND);
			awaitProcessed(this.files - FILES_PER_ROUND + 1);
			stopAbruptly(victim);
			drop(FILES_PER_ROUND);
			startMember(victim);
			awaitHealth();
		}
		List<String> left = awaitIdle();
		assertThat(this.work.processed).doesNotHaveDuplicates();
		assertThat(left).hasSizeLessThanOrEqualTo(this.work.unknownOutcomes.get());
		ConcurrentMetadataStore store = this.contexts.get("n3").getBean(ConcurrentMetadataStore.class);
		left.forEach((file) -> assertThat(store.remove(file)).isNotNull());
		awaitProcessed(this.files);
		assertThat(awaitIdle()).isEmpty();
		assertThat(this.work.processed).doesNotHaveDuplicates().hasSize(this.files);
	}

	/**
	 * Waits until nothing happens any more.
	 * @return the files that were not processed
	 */
	private List<String> awaitIdle() throws IOException {
		await().during(Duration.ofSeconds(1))
			.atMost(LocalCluster.PATIENCE)
			.until(() -> this.work.processed.size() + list().size() == this.files
					&& list().size() <= this.work.unknownOutcomes.get());
		return list();
	}

	private List<String> list() throws IOException {
		try (Stream<Path> list = Files.list(this.inbox)) {
			return list.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private void startMember(String id) {
		this.contexts.put(id,
				new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
					.registerShutdownHook(false)
					.initializers((context) -> context.getBeanFactory().registerSingleton("work", this.work))
					.properties("atomix.node.id=" + id, "atomix.cluster.members=" + this.members,
							"atomix.storage.directory=" + this.root.resolve(id), "atomix.session.timeout=10s",
							"inbox=" + this.inbox)
					.run());
	}

	/**
	 * Takes the server away while the flow runs, then the node, and only then the
	 * application.
	 */
	private void stopAbruptly(String id) {
		ConfigurableApplicationContext context = this.contexts.get(id);
		AtomixReplica replica = context.getBean(AtomixReplica.class);
		TestNodes.stopServer(replica);
		replica.close();
		context.close();
	}

	private String leader() {
		return await().atMost(LocalCluster.PATIENCE)
			.until(() -> this.contexts.keySet()
				.stream()
				.filter((id) -> replica(id).status().role() == Role.LEADER)
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private AtomixReplica replica(String id) {
		return this.contexts.get(id).getBean(AtomixReplica.class);
	}

	private void awaitHealth() {
		await().atMost(LocalCluster.PATIENCE)
			.until(() -> this.contexts.keySet()
				.stream()
				.allMatch((id) -> replica(id).session().state() == SessionState.CONNECTED));
	}

	private void awaitProcessed(int least) {
		await().atMost(Duration.ofMinutes(2))
			.untilAsserted(() -> assertThat(this.work.processed).hasSizeGreaterThanOrEqualTo(least));
	}

	/**
	 * Puts files into the directory, each complete from the first moment on.
	 */
	private void drop(int count) throws IOException {
		List<Path> complete = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			complete.add(Files.writeString(this.root.resolve("file" + this.files++), "text"));
		}
		for (Path file : complete) {
			Files.move(file, this.inbox.resolve(file.getFileName()));
		}
	}

	/**
	 * What all members together have done.
	 */
	static class Work {

		private final List<String> processed = new CopyOnWriteArrayList<>();

		private final AtomicInteger unknownOutcomes = new AtomicInteger();

		void failed(Throwable ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof UnknownOutcomeException) {
				this.unknownOutcomes.incrementAndGet();
			}
		}

		Object process(File file) {
			this.processed.add(file.getName());
			assertThat(file.delete()).isTrue();
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AtomixAutoConfiguration.class, AtomixIntegrationAutoConfiguration.class,
			IntegrationAutoConfiguration.class, TaskSchedulingAutoConfiguration.class })
	static class Application {

		@Bean
		IntegrationFlow files(@Value("${inbox}") File inbox, ConcurrentMetadataStore store, Work work) {
			MetadataStoreSelector firstTime = new MetadataStoreSelector(
					(message) -> message.getHeaders().get(FileHeaders.FILENAME, String.class), store);
			FileInboundChannelAdapterSpec source = org.springframework.integration.file.dsl.Files.inboundAdapter(inbox)
				.preventDuplicates(false);
			return IntegrationFlow
				.from(source, (endpoint) -> endpoint.poller(
						Pollers.fixedDelay(Duration.ofMillis(20)).maxMessagesPerPoll(10).errorHandler(work::failed)))
				.filter(firstTime, (endpoint) -> endpoint.discardChannel("nullChannel"))
				.handle(File.class, (file, headers) -> work.process(file))
				.get();
		}

	}

}
