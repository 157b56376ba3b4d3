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

package io.github.atomixspring.benchmarks;

import java.nio.charset.StandardCharsets;

import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * A command or query of the plain Ratis state machine: an operation, a name and a value.
 *
 * @param operation what to do
 * @param name the key or the name of the lock
 * @param value the value or the contender
 */
record PlainCommand(byte operation, String name, ByteString value) {

	static final byte PUT = 1;

	static final byte GET = 2;

	static final byte LOCK = 3;

	static final byte UNLOCK = 4;

	/** Waits until the contender holds the lock. A query, so that no apply waits. */
	static final byte WAIT = 5;

	Message toMessage() {
		byte[] bytes = this.name.getBytes(StandardCharsets.UTF_8);
		byte[] head = new byte[bytes.length + 2];
		head[0] = this.operation;
		head[1] = (byte) bytes.length;
		System.arraycopy(bytes, 0, head, 2, bytes.length);
		ByteString content = ByteString.copyFrom(head).concat(this.value);
		return Message.valueOf(content);
	}

	static PlainCommand parse(ByteString content) {
		int end = 2 + (content.byteAt(1) & 0xff);
		return new PlainCommand(content.byteAt(0), content.substring(2, end).toStringUtf8(), content.substring(end));
	}

}
