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

package io.github.atomixspring.boot.autoconfigure;

import io.github.atomixspring.Atomix;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the node before, and stops it after, everything of the application that may use
 * it. A start opens the port and does not wait for other members.
 */
class AtomixLifecycle implements SmartLifecycle {

	/**
	 * Far before schedulers, listeners and web servers.
	 */
	static final int PHASE = Integer.MIN_VALUE / 2;

	private final Atomix atomix;

	AtomixLifecycle(Atomix atomix) {
		this.atomix = atomix;
	}

	@Override
	public void start() {
		this.atomix.start();
	}

	@Override
	public void stop() {
		this.atomix.stop();
	}

	@Override
	public boolean isRunning() {
		return this.atomix.isRunning();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
