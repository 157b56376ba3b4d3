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

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What goes out on a stream: at once while the transport takes it, else it waits in a
 * bounded queue. All use of the sending side of the stream goes through the monitor of
 * this object, because streams are not thread-safe.
 */
final class FrameBuffer {

	private final Sink sink;

	private final int limit;

	private final Deque<byte[]> waiting = new ArrayDeque<>();

	private long bytes;

	private boolean closed;

	FrameBuffer(Sink sink, int limit) {
		this.sink = sink;
		this.limit = limit;
	}

	/**
	 * Sends a frame, or lets it wait.
	 * @param frame the frame
	 * @return whether it was taken; if not, too much waits already
	 */
	synchronized boolean send(byte[] frame) {
		if (this.closed) {
			return true;
		}
		if (this.waiting.isEmpty() && this.sink.isReady()) {
			this.sink.send(frame);
			return true;
		}
		if (this.bytes + frame.length > this.limit) {
			return false;
		}
		this.waiting.add(frame);
		this.bytes += frame.length;
		return true;
	}

	/**
	 * The transport may take frames again.
	 */
	synchronized void flush() {
		while (!this.closed && !this.waiting.isEmpty() && this.sink.isReady()) {
			byte[] frame = this.waiting.remove();
			this.bytes -= frame.length;
			this.sink.send(frame);
		}
	}

	/**
	 * Ends the stream in the way given, unless it is ended.
	 * @param end ends the stream
	 */
	synchronized void close(Runnable end) {
		if (!this.closed) {
			this.closed = true;
			this.waiting.clear();
			this.bytes = 0;
			end.run();
		}
	}

	/**
	 * Sends everything that waits, ready or not, and ends the stream in the way given.
	 * @param end ends the stream
	 */
	synchronized void finish(Runnable end) {
		if (!this.closed) {
			this.waiting.forEach(this.sink::send);
			close(end);
		}
	}

	/**
	 * The sending side of a stream.
	 */
	interface Sink {

		/**
		 * Returns whether the transport takes frames without buffering much.
		 * @return whether it does
		 */
		boolean isReady();

		/**
		 * Sends a frame.
		 * @param frame the frame
		 */
		void send(byte[] frame);

	}

}
