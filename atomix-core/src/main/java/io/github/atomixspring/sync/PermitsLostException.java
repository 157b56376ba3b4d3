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
 * Permits were held and are lost: the work done under them may have overlapped with that
 * of others who got them.
 *
 * @since 0.1.0
 */
public class PermitsLostException extends IllegalMonitorStateException {

	/**
	 * Creates an exception.
	 * @param message which semaphore, how many permits and why they were lost
	 */
	public PermitsLostException(String message) {
		super(message);
	}

}
