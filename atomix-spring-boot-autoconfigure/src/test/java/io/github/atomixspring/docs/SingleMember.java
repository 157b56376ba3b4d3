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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import org.springframework.util.FileSystemUtils;

/**
 * A cluster of one member that runs the examples, one for all test classes.
 */
public class SingleMember implements BeforeAllCallback {

	private static volatile Atomix atomix;

	/**
	 * Returns the running node.
	 * @return the node
	 */
	public static Atomix atomix() {
		return atomix;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(Namespace.create(SingleMember.class)).computeIfAbsent(Node.class);
	}

	/**
	 * Finds a port of the loopback interface that nobody uses.
	 * @return the port
	 */
	static int freePort() {
		return FreePort.find();
	}

	/**
	 * The node, closed with the last test.
	 */
	static class Node implements AutoCloseable {

		private final Path directory;

		private final AtomixReplica replica;

		Node() {
			try {
				this.directory = Files.createTempDirectory("atomix-docs");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.replica = AtomixReplica.builder()
				.members(List.of(new Member("n1", "127.0.0.1", freePort())))
				.storageDirectory(this.directory)
				.build();
			this.replica.start();
			atomix = this.replica;
		}

		@Override
		public void close() throws IOException {
			this.replica.close();
			FileSystemUtils.deleteRecursively(this.directory);
		}

	}

}
