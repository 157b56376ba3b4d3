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

package io.github.atomixspring.server;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Limits what gRPC logs of connections and streams that broke a rule: a stack trace of
 * each, with which whoever reaches the port could fill a disk. It uses the logging of the
 * JDK, and the names of its loggers are those of the copy inside Ratis.
 */
final class TransportLog implements Filter {

	/** Kept here: the JDK forgets loggers, and their filters, that nobody else keeps. */
	private static final List<Logger> LOGGERS = List.of(logger("NettyServerTransport.connections"),
			logger("NettyServerHandler"));

	private static final TransportLog INSTANCE = new TransportLog();

	private final Every every = new Every(TimeUnit.MINUTES.toNanos(1));

	private TransportLog() {
	}

	/**
	 * Begins to limit, if it was not begun.
	 */
	static void limit() {
		for (Logger logger : LOGGERS) {
			// One of the application knows what it wants.
			if (logger.getFilter() == null) {
				logger.setFilter(INSTANCE);
			}
		}
	}

	private static Logger logger(String name) {
		return Logger.getLogger(NettyServerBuilder.class.getPackageName() + "." + name);
	}

	@Override
	public boolean isLoggable(@Nullable LogRecord entry) {
		if (entry == null || entry.getLevel().intValue() < Level.INFO.intValue()) {
			return true;
		}
		synchronized (this.every) {
			return this.every.isDue();
		}
	}

}
