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

package io.github.atomixspring.link;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ServerFrame;

/**
 * Answers queries from the state of the member in this process.
 */
public interface LocalReader {

	/**
	 * Answers a query if the given log index is applied here, or soon will be.
	 * @param minIndex the log index
	 * @param query the query
	 * @return the answer (its id is 0); fails if another member should be asked
	 */
	CompletableFuture<ServerFrame.Answer> read(long minIndex, Query query);

}
