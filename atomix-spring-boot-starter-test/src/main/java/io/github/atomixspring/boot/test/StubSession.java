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

package io.github.atomixspring.boot.test;

import java.time.Duration;

import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionListener;
import io.github.atomixspring.session.SessionState;

/**
 * The session of a node without a cluster, which never ends.
 */
final class StubSession implements Session {

	@Override
	public long id() {
		return 1;
	}

	@Override
	public String node() {
		return "test";
	}

	@Override
	public SessionState state() {
		return SessionState.CONNECTED;
	}

	@Override
	public Duration timeout() {
		return Duration.ofSeconds(10);
	}

	@Override
	public Registration addListener(SessionListener listener) {
		return () -> {
			// It would not have been told of anything.
		};
	}

	@Override
	public Registration addObserver(OperationObserver observer) {
		return () -> {
			// It would not have seen any operation.
		};
	}

}
