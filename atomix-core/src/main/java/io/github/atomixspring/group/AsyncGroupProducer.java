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

/**
 * The asynchronous face of a {@link GroupProducer}.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 * @since 0.1.0
 */
@FunctionalInterface
public interface AsyncGroupProducer<T, R> {

	/**
	 * See {@link GroupProducer#send(Object)}.
	 * @param message the message
	 * @return who acknowledged or replied. Ending the future early ends the wait only
	 */
	CompletableFuture<GroupReplies<R>> send(T message);

}
