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

package io.github.atomixspring.sample;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.file.FileHeaders;
import org.springframework.integration.file.dsl.FileInboundChannelAdapterSpec;
import org.springframework.integration.file.dsl.Files;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.selector.MetadataStoreSelector;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;

/**
 * Processes the files of a directory that all processes look into. The key of a file is
 * put just before it is handled, with the process as its value.
 */
class FileWork {

	static final String BEGUN = "begun";

	static final String DONE = "done";

	static final String FAILED = "failed";

	private static final Duration WORK = Duration.ofMillis(300);

	private final LedgerClient ledger;

	FileWork(@Value("${work.ledger}") URI ledger) {
		this.ledger = new LedgerClient(ledger, process());
	}

	private static String process() {
		return String.valueOf(ProcessHandle.current().pid());
	}

	@Bean
	IntegrationFlow files(@Value("${work.inbox}") File inbox, ConcurrentMetadataStore store) {
		MetadataStoreSelector firstTime = new MetadataStoreSelector(FileWork::name, (message) -> process(), store);
		FileInboundChannelAdapterSpec source = Files.inboundAdapter(inbox).preventDuplicates(false);
		return IntegrationFlow
			.from(source,
					(endpoint) -> endpoint.poller(Pollers.fixedDelay(Duration.ofMillis(50)).errorHandler(this::failed)))
			.filter(firstTime, (endpoint) -> endpoint.discardChannel("nullChannel"))
			.handle(File.class, (file, headers) -> handle(file))
			.get();
	}

	private static String name(Message<?> message) {
		return String.valueOf(message.getHeaders().get(FileHeaders.FILENAME));
	}

	private @Nullable Object handle(File file) {
		write(file.getName(), BEGUN);
		try {
			Thread.sleep(WORK.toMillis());
			write(file.getName(), DONE);
			java.nio.file.Files.delete(file.toPath());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return null;
	}

	private void failed(Throwable ex) {
		ex.printStackTrace();
		if (ex instanceof MessagingException failure && failure.getFailedMessage() != null) {
			write(name(failure.getFailedMessage()), FAILED);
		}
	}

	private void write(String file, String step) {
		try {
			this.ledger.write(0, file, step);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
