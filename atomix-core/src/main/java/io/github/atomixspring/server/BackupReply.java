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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;

/**
 * What the leader of a partition did for a backup.
 *
 * @param outcome {@link #DONE}, {@link #REFUSED}, {@link #NO_ROOM}, {@link #NO_MEMORY},
 * {@link #UNKNOWN}, or another number for what was not done and may be asked again
 * @param text the reason if it was not done
 * @param index the index
 * @param restored how many pieces are there
 * @param primitives how many primitives the partition has
 */
@JsonFormat(shape = Shape.ARRAY)
record BackupReply(int outcome, String text, long index, int restored, int primitives) {

	/**
	 * Nothing was done, but that may be different soon.
	 */
	static final int AGAIN = 0;

	/**
	 * It was done.
	 */
	static final int DONE = 1;

	/**
	 * Nothing was done, and it must not be asked again.
	 */
	static final int REFUSED = 2;

	/**
	 * It may have been done.
	 */
	static final int UNKNOWN = 3;

	/**
	 * Nothing was done: members have too little room on their disks.
	 */
	static final int NO_ROOM = 4;

	/**
	 * Nothing was done: members have too little memory.
	 */
	static final int NO_MEMORY = 5;

	/**
	 * Checks the text: it may come from anyone.
	 */
	BackupReply {
		DescribeRequest.checkText(text);
	}

	static BackupReply at(long index) {
		return new BackupReply(DONE, "", index, 0, 0);
	}

	static BackupReply of(RestoreProgress progress) {
		return new BackupReply(DONE, "", 0, progress.restored(), progress.primitives());
	}

	/**
	 * Returns the answer for a failure.
	 * @param failure the failure
	 * @return the answer
	 */
	static BackupReply failed(Throwable failure) {
		Throwable cause = AtomixException.unwrap(failure);
		int outcome = UNKNOWN;
		if (cause instanceof InsufficientStorageException) {
			outcome = NO_ROOM;
		}
		else if (cause instanceof InsufficientMemoryException) {
			outcome = NO_MEMORY;
		}
		else if (cause instanceof BackupException) {
			outcome = REFUSED;
		}
		else if (cause instanceof AtomixException && !(cause instanceof UnknownOutcomeException)) {
			outcome = AGAIN;
		}
		return new BackupReply(outcome, ChangeReply.printable(String.valueOf(cause.getMessage())), 0, 0, 0);
	}

	/**
	 * Returns the progress.
	 * @return the progress
	 */
	RestoreProgress progress() {
		return new RestoreProgress(this.restored, this.primitives);
	}

	/**
	 * Returns this answer if it says that it was done.
	 * @return this answer
	 * @throws AtomixException if it was not done or may not have been
	 */
	BackupReply orThrow() {
		switch (this.outcome) {
			case DONE -> {
				return this;
			}
			case REFUSED -> throw new BackupException(this.text, null);
			case NO_ROOM -> throw new InsufficientStorageException(this.text);
			case NO_MEMORY -> throw new InsufficientMemoryException(this.text);
			case UNKNOWN -> throw new UnknownOutcomeException("operation of the cluster", this.text, null);
			default -> throw new UnavailableException(this.text, null);
		}
	}

}
