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
import io.github.atomixspring.protocol.Result;

/**
 * Answers queries from the state of the member in this process.
 */
public interface LocalReader {

	/**
	 * Answers a query if the given log index is applied here, or soon will be.
	 * @param minIndex the log index
	 * @param session the session that asks, or 0
	 * @param query the query
	 * @return the answer; fails if another member should be asked
	 */
	CompletableFuture<Answer> read(long minIndex, long session, Query query);

	/**
	 * An answer.
	 *
	 * @param index the log index of the state that was read
	 * @param events the number of the last event that this state has made for the session
	 * @param result the answer
	 */
	record Answer(long index, long events, Result result) {

	}

}
