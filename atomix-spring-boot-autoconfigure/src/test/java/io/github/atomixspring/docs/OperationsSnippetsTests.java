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

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.TestMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/operations.md}.
 */
class OperationsSnippetsTests {

	@TempDir
	private Path directory;

	@Test
	void backup() throws Exception {
		Path file = this.directory.resolve("backup");
		try (TestMember member = TestMember.create()) {
			AtomixReplica replica = started(member);
			replica.atomicLong("n").set(42);
			// tag::backup[]
			long index = replica.backup(file).join();
			// end::backup[]
			assertThat(index).isPositive();
		}
		try (TestMember member = TestMember.create()) {
			AtomixReplica replica = started(member);
			// tag::restore[]
			replica.restore(file).join();
			// end::restore[]
			assertThat(replica.atomicLong("n").get()).isEqualTo(42);
		}
	}

	private static AtomixReplica started(TestMember member) {
		member.replica().start();
		await().until(() -> member.replica().session().state() == SessionState.CONNECTED);
		return member.replica();
	}

}
