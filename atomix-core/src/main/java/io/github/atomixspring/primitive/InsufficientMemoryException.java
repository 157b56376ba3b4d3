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
 * The cluster takes no writes because too little of the heap of its members would be
 * left. The command did not happen. It is safe to try again: writes go on by themselves
 * when there is memory. Reads go on meanwhile, and so does what removes something or
 * gives claims back.
 *
 * @since 0.1.0
 */
public class InsufficientMemoryException extends UnavailableException {

	/**
	 * Creates an exception.
	 * @param message which member has too little memory, how much it uses, and what to do
	 */
	public InsufficientMemoryException(String message) {
		super(message, null);
	}

}
