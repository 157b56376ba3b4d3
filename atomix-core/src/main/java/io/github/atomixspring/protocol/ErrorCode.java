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

package io.github.atomixspring.protocol;

/**
 * Why a command or query was refused.
 */
public enum ErrorCode {

	/**
	 * An error inside the state machine.
	 */
	INTERNAL(1),

	/**
	 * The bytes are no operation.
	 */
	MALFORMED(2),

	/**
	 * The operation is not known to this version.
	 */
	UNSUPPORTED(3),

	/**
	 * The session does not exist, or not any more.
	 */
	NO_SESSION(4),

	/**
	 * The operation does not fit the type of the primitive, or an argument is illegal.
	 */
	ILLEGAL(5),

	/**
	 * The primitive exists with another configuration.
	 */
	CONFIGURATION(6),

	/**
	 * A candidate of this name belongs to another session.
	 */
	CANDIDATE_EXISTS(7),

	/**
	 * A limit is exceeded.
	 */
	LIMIT(8),

	/**
	 * The primitive has to be created first, and was not or was destroyed.
	 */
	NOT_CREATED(20),

	/**
	 * The members have too little room on their disks.
	 */
	STORAGE(21),

	/**
	 * The members have too little memory.
	 */
	MEMORY(22);

	private final int code;

	ErrorCode(int code) {
		this.code = code;
	}

	/**
	 * Returns the number that stands for this error on the wire and in snapshots.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the error with the given code.
	 * @param code the code
	 * @return the error, or {@link #INTERNAL} if it is not known
	 */
	public static ErrorCode ofCode(int code) {
		for (ErrorCode error : values()) {
			if (error.code == code) {
				return error;
			}
		}
		return INTERNAL;
	}

	/**
	 * Returns a failure with this code.
	 * @param message the reason
	 * @return the failure
	 */
	public Result.Failure failure(String message) {
		return new Result.Failure(this.code, message);
	}

}
