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

package io.github.atomixspring.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.cluster.Member;

import org.springframework.util.FileSystemUtils;

/**
 * A cluster of one member, for tests.
 */
public final class TestMember implements AutoCloseable {

	private final Path directory;

	private final AtomixReplica replica;

	private TestMember() {
		try {
			this.directory = Files.createTempDirectory("atomix-spring");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Member alone = new Member("n1", "127.0.0.1", FreePort.find());
		this.replica = AtomixReplica.builder().members(List.of(alone)).storageDirectory(this.directory).build();
	}

	/**
	 * Creates a member that is not started.
	 * @return the member
	 */
	public static TestMember create() {
		return new TestMember();
	}

	public AtomixReplica replica() {
		return this.replica;
	}

	@Override
	public void close() throws IOException {
		this.replica.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
