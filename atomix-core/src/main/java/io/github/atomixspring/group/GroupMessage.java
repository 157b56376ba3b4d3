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

/**
 * A message that a consumer has to settle. The consumer gets the next one when it has
 * acknowledged, replied or failed; what it does first counts. All three return at once,
 * may be called by any thread, and are repeated in the background until the cluster
 * knows.
 *
 * @param <T> the type of the message
 * @param <R> the type of the reply
 * @since 0.1.0
 */
public interface GroupMessage<T, R> {

	/**
	 * Returns the content.
	 * @return the content
	 */
	T content();

	/**
	 * Returns who sent it.
	 * @return the id of the node
	 */
	String sender();

	/**
	 * Returns what the sender waits for.
	 * @return the execution
	 */
	Execution execution();

	/**
	 * Returns the number of the message, the same each time it is delivered. Messages
	 * sent later have greater ones.
	 * @return the number
	 */
	long id();

	/**
	 * Acknowledges it.
	 */
	void ack();

	/**
	 * Replies. Where the sender does not wait for replies this acknowledges.
	 * @param reply the reply, at most 1 MiB when encoded
	 */
	void reply(R reply);

	/**
	 * Tells that the consumer could not do what was asked for. The message is not
	 * delivered again.
	 */
	void fail();

}
