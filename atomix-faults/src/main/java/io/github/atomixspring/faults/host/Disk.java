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

package io.github.atomixspring.faults.host;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a member keeps its data.
 */
public interface Disk extends AutoCloseable {

	/**
	 * Returns the data directory of the member. It need not exist before the member
	 * starts; its parent does.
	 * @return the directory
	 */
	Path directory();

	/**
	 * Gives the member an empty directory in the place of its data. Only while no process
	 * uses it.
	 * @throws IOException if it cannot be done
	 */
	void wipe() throws IOException;

	/**
	 * Lets go what the disk has taken of the system. The data may be left.
	 */
	@Override
	void close() throws IOException;

}
