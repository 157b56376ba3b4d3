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

package io.github.atomixspring.map;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;

/**
 * Brings the commands and queries of a map to the cluster.
 */
interface MapLane {

	/**
	 * Submits a command, after the map was created.
	 * @param <R> the type of the result
	 * @param command the command
	 * @param result the type of the result
	 * @return the result
	 */
	<R extends Result> CompletableFuture<R> command(Command command, Class<R> result);

	/**
	 * Asks a query, after the map was created.
	 * @param <R> the type of the result
	 * @param query the query
	 * @param consistency how fresh the answer is
	 * @param result the type of the result
	 * @return the result
	 */
	<R extends Result> CompletableFuture<R> ask(Query query, ReadConsistency consistency, Class<R> result);

	/**
	 * Returns whether no read of the node was ahead of the events handed out.
	 * @return whether all events were handed out that reads could show
	 */
	boolean isCaughtUp();

}
