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

package io.github.atomixspring.linearizability;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * File that takes the events of a history one by one, each in a single write.
 *
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public final class HistoryJournal<I, O> implements Consumer<HistoryEvent<I, O>>, Closeable {

	private final Lock lock = new ReentrantLock();

	private final OutputStream file;

	private final Function<HistoryEvent<I, O>, String> encoder;

	HistoryJournal(OutputStream file, Function<HistoryEvent<I, O>, String> encoder) {
		this.file = file;
		this.encoder = encoder;
	}

	@Override
	public void accept(HistoryEvent<I, O> event) {
		byte[] line = (this.encoder.apply(event) + '\n').getBytes(StandardCharsets.UTF_8);
		this.lock.lock();
		try {
			this.file.write(line);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
