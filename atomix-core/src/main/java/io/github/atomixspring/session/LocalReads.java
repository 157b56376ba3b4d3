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

package io.github.atomixspring.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries that the member in this process answers, from a state that is not older than
 * what the node has seen. Safe for use by several threads.
 */
final class LocalReads {

	private static final Logger logger = LoggerFactory.getLogger(LocalReads.class);

	private final @Nullable LocalReader reader;

	/**
	 * The highest log index whose effect was shown to this node.
	 */
	private final AtomicLong seenIndex = new AtomicLong();

	/**
	 * Of the present session.
	 */
	private volatile EventProgress progress = new EventProgress(0);

	LocalReads(@Nullable LocalReader reader) {
		this.reader = reader;
	}

	/**
	 * Asks the member in this process.
	 * @param query the query
	 * @return the read, or null if the member cannot be asked
	 */
	@Nullable Read read(Query query) {
		if (this.reader == null) {
			return null;
		}
		EventProgress asked = this.progress;
		try {
			return new Read(asked, this.reader.read(this.seenIndex.get(), asked.session(), query));
		}
		catch (RuntimeException ex) {
			logger.debug("Query cannot be answered in this process; asking the leader", ex);
			return null;
		}
	}

	/**
	 * Takes note of what an answer reveals.
	 * @param read the read
	 * @return the answer, or null if there is none or it must not be shown since another
	 * session began meanwhile
	 */
	@Nullable Result show(Read read) {
		if (!read.answer.isDone() || read.answer.isCompletedExceptionally()) {
			return null;
		}
		LocalReader.Answer answer = read.answer.join();
		read.asked.revealed(answer.events());
		if (read.asked != this.progress) {
			return null;
		}
		saw(answer.index());
		return answer.result();
	}

	/**
	 * Another session begins.
	 * @param session its id, or zero if there is none
	 */
	void begin(long session) {
		this.progress = new EventProgress(session);
	}

	/**
	 * Returns how far the events of the present session were handed out.
	 * @return the progress
	 */
	EventProgress progress() {
		return this.progress;
	}

	/**
	 * Takes note that the effect of an entry was shown to this node.
	 * @param index the log index of the entry
	 */
	void saw(long index) {
		if (index > this.seenIndex.get()) {
			this.seenIndex.accumulateAndGet(index, Math::max);
		}
	}

	/**
	 * Returns how old an answer may be.
	 * @return the log index up to which its effects must be visible
	 */
	long seenIndex() {
		return this.seenIndex.get();
	}

	/**
	 * A query that the member in this process was asked.
	 *
	 * @param asked the progress of the session that asked
	 * @param answer the answer
	 */
	record Read(EventProgress asked, CompletableFuture<LocalReader.Answer> answer) {

	}

}
