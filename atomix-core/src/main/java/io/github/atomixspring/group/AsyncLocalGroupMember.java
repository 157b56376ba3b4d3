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

package io.github.atomixspring.group;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link LocalGroupMember}.
 *
 * @since 0.1.0
 */
public interface AsyncLocalGroupMember {

	/**
	 * See {@link LocalGroupMember#consume(GroupChannel, GroupMessageHandler)}.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param channel the channel
	 * @param handler handles the messages
	 * @return the registration, once the cluster knows of it or, without a session, at
	 * once
	 */
	<T, R> CompletableFuture<Registration> consume(GroupChannel<T, R> channel, GroupMessageHandler<T, R> handler);

	/**
	 * See {@link LocalGroupMember#leave()}.
	 * @return completes when it has left
	 */
	CompletableFuture<Void> leave();

}
