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

package io.github.atomixspring.session;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ValueMessages;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link Restraint}.
 */
class RestraintTests {

	private static final Command ADD = new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, "n"), 1);

	private static final Command RELEASE = new LockMessages.Release(PrimitiveId.of(PrimitiveType.LOCK, "l"), 1);

	private static final Command REMOVE = new ValueMessages.Update(PrimitiveId.of(PrimitiveType.VALUE, "v"), null, 0,
			Condition.always());

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Restraint restraint = new Restraint();

	private void answered(Result result, long now) {
		this.restraint.answered(List.of(new NumberedResult(1, result)), now);
	}

	@Test
	void commandsAreKeptBackForAMoment() {
		answered(ErrorCode.STORAGE.failure("full"), 10);
		assertThatExceptionOfType(InsufficientStorageException.class)
			.isThrownBy(() -> this.restraint.check(ADD, 9 + SECOND))
			.withMessage("full")
			.isInstanceOf(UnavailableException.class);
		assertThatNoException().isThrownBy(() -> this.restraint.check(ADD, 10 + SECOND));
	}

	@Test
	void eachRefusalBeginsTheMomentAnew() {
		answered(ErrorCode.STORAGE.failure("full"), 0);
		answered(ErrorCode.STORAGE.failure("fuller"), SECOND / 2);
		assertThatExceptionOfType(InsufficientStorageException.class)
			.isThrownBy(() -> this.restraint.check(ADD, SECOND))
			.withMessage("fuller");
	}

	@Test
	void whatGivesBackMayLeave() {
		answered(ErrorCode.STORAGE.failure("full"), 0);
		assertThatNoException().isThrownBy(() -> this.restraint.check(RELEASE, 1));
	}

	@Test
	void whatRemovesMayLeaveUnlessItIsTheDisk() {
		answered(ErrorCode.MEMORY.failure("much"), 0);
		assertThatNoException().isThrownBy(() -> this.restraint.check(REMOVE, 1));
		assertThatNoException().isThrownBy(() -> this.restraint.check(RELEASE, 1));
		assertThatExceptionOfType(InsufficientMemoryException.class).isThrownBy(() -> this.restraint.check(ADD, 1))
			.withMessage("much")
			.isInstanceOf(UnavailableException.class);
		answered(ErrorCode.STORAGE.failure("full"), 0);
		assertThatExceptionOfType(InsufficientStorageException.class).isThrownBy(() -> this.restraint.check(REMOVE, 1))
			.withMessage("full");
	}

	@Test
	void otherAnswersDoNotMatter() {
		answered(ErrorCode.LIMIT.failure("much"), 0);
		answered(new Result.Done(), 0);
		assertThatNoException().isThrownBy(() -> this.restraint.check(ADD, 1));
	}

	@Test
	void theErrorOfTheClusterIsTheSame() {
		assertThat(Failures.toException((Result.Failure) ErrorCode.STORAGE.failure("full")))
			.isInstanceOf(InsufficientStorageException.class)
			.hasMessage("full");
	}

}
