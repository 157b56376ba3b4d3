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

package io.github.atomixspring.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Hears all that this virtual machine logs from INFO on: through SLF4J, and through the
 * logging of the JDK, which gRPC uses.
 */
public final class LogWatch implements AutoCloseable {

	private static final java.util.logging.Logger JDK_ROOT = LogManager.getLogManager().getLogger("");

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
				LogWatch.this.lines.add(event.getLoggerName() + ": " + event.getFormattedMessage()
						+ ((event.getThrowableProxy() != null) ? " !" + event.getThrowableProxy().getMessage() : ""));
			}
		}

	};

	private final Handler handler = new Handler() {

		private final SimpleFormatter formatter = new SimpleFormatter();

		@Override
		public void publish(LogRecord entry) {
			LogWatch.this.lines.add(entry.getLoggerName() + ": " + this.formatter.formatMessage(entry)
					+ ((entry.getThrown() != null) ? " !" + entry.getThrown() : ""));
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	/**
	 * Begins to listen.
	 */
	public LogWatch() {
		this.appender.start();
		root().addAppender(this.appender);
		JDK_ROOT.addHandler(this.handler);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	/**
	 * Returns what was logged since the beginning.
	 * @return the lines: the logger, the message, and the text of the exception
	 */
	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	/**
	 * Waits until a member has said that its server failed and will be rebuilt. Its state
	 * says so, too, but only until it was rebuilt, which a test can miss.
	 * @param id the id of the member
	 * @param reason what the reason must contain
	 */
	public void awaitFailure(String id, String reason) {
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.until(this::lines, (lines) -> lines.stream()
				.anyMatch((line) -> line.contains("Node '" + id + "' no longer takes part") && line.contains(reason)));
	}

	@Override
	public void close() {
		root().detachAppender(this.appender);
		JDK_ROOT.removeHandler(this.handler);
	}

}
