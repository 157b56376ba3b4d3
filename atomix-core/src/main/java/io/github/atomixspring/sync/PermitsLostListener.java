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

package io.github.atomixspring.sync;

/**
 * Is told when held permits are lost.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PermitsLostListener {

	/**
	 * Called once for each acquisition whose permits were lost, in order, on the callback
	 * executor and never by two threads at once. It may block. An exception is logged.
	 * @param name the name of the semaphore
	 * @param permits how many of them were still held
	 */
	void onLost(String name, int permits);

}
