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

package io.github.atomixspring.operations;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrades a cluster from another release, whose library is named by the system property
 * {@code upgrade.from}. Run by {@code src/operations/rolling-upgrade.sh}.
 */
@EnabledIfSystemProperty(named = "upgrade.from", matches = ".+")
class RollingUpgradeTests {

	@TempDir
	private Path directory;

	@Test
	void membersAreUpgradedOneByOneAndTakenBackOnlyBeforeTheLevelIsRaised() throws IOException {
		String present = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String classes = Path.of("target", "classes").toString();
		String past = Arrays.stream(present.split(File.pathSeparator))
			.map((entry) -> (entry.endsWith(classes)) ? System.getProperty("upgrade.from") : entry)
			.collect(Collectors.joining(File.pathSeparator));
		RollingUpgrade.run(past, present, this.directory);
	}

}
