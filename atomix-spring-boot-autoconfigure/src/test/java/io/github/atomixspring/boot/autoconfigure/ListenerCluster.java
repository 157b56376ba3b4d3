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

package io.github.atomixspring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

/**
 * A cluster of one member, whose clients are applications with listeners.
 */
final class ListenerCluster implements AutoCloseable {

	private final Path directory;

	private final int port = FreePort.find();

	private final AtomixReplica replica;

	ListenerCluster() {
		try {
			this.directory = Files.createTempDirectory("atomix-listeners");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.replica = AtomixReplica.builder()
			.members(List.of(new Member("n1", "127.0.0.1", this.port)))
			.storageDirectory(this.directory)
			.build();
		this.replica.start();
	}

	AtomixReplica replica() {
		return this.replica;
	}

	/**
	 * Returns a runner of applications that are clients of the cluster.
	 * @return the runner
	 */
	ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("atomix.mode=client", "atomix.cluster.members=n1=127.0.0.1:" + this.port);
	}

	@Override
	public void close() {
		this.replica.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
