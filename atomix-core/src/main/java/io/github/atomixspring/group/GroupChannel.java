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

import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.proxy.Names;

/**
 * The name under which producers and consumers of a group find each other, and how their
 * messages and replies are encoded. Both sides must use codecs that fit.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 * @param name the name, 1 to 256 characters and not blank
 * @param messageCodec the codec of the messages
 * @param replyCodec the codec of the replies
 * @since 0.1.0
 */
public record GroupChannel<T, R>(String name, Codec<T> messageCodec, Codec<R> replyCodec) {

	public GroupChannel {
		Names.check("name", name);
		Objects.requireNonNull(messageCodec, "'messageCodec' must not be null");
		Objects.requireNonNull(replyCodec, "'replyCodec' must not be null");
	}

	/**
	 * Returns a channel whose replies have the type of its messages.
	 * @param <T> the type of the messages and replies
	 * @param name the name
	 * @param type the type of the messages and replies
	 * @return the channel
	 */
	public static <T> GroupChannel<T, T> of(String name, Class<T> type) {
		return of(name, type, type);
	}

	/**
	 * Returns a channel.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param name the name
	 * @param messageType the type of the messages
	 * @param replyType the type of the replies
	 * @return the channel
	 */
	public static <T, R> GroupChannel<T, R> of(String name, Class<T> messageType, Class<R> replyType) {
		return new GroupChannel<>(name, Codecs.forType(messageType), Codecs.forType(replyType));
	}

}
