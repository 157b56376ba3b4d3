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

package io.github.atomixspring.primitive;

/**
 * The cluster takes no writes because the disks of too many members are nearly full. The
 * command did not happen. It is safe to try again: writes go on by themselves when there
 * is room. Reads go on meanwhile, and so does what gives claims back.
 *
 * @since 0.1.0
 */
public class InsufficientStorageException extends UnavailableException {

	/**
	 * Creates an exception.
	 * @param message which member has too little room, where, and what it needs
	 */
	public InsufficientStorageException(String message) {
		super(message, null);
	}

}
