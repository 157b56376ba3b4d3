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

package io.github.atomixspring.faulttolerance;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.linearizability.LockModel;
import io.github.atomixspring.linearizability.Model;
import io.github.atomixspring.linearizability.SemaphoreModel;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Acquires and releases permits of one semaphore, one at a time, so that nobody is
 * refused because another waits for more.
 */
final class SemaphoreLoad extends LockLoad {

	private static final int PERMITS = 2;

	private SemaphoreLoad(Nodes nodes, String name, PrimitiveId semaphore) {
		super(nodes, name, semaphore);
	}

	static SemaphoreLoad create(Nodes nodes, String name) {
		PrimitiveId semaphore = PrimitiveId.of(PrimitiveType.SEMAPHORE, name);
		List<Setting> settings = List.of(new Setting(Setting.PERMITS, Integer.toString(PERMITS)));
		// To create it twice does no harm.
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.ignoreException(ExecutionException.class)
			.until(() -> nodes.session(nodes.all().get(0))
				.submit(new Command.Create(semaphore, settings))
				.get(CALL_SECONDS, TimeUnit.SECONDS), Objects::nonNull);
		return new SemaphoreLoad(nodes, name, semaphore);
	}

	@Override
	Command acquire(PrimitiveId semaphore, long acquisition, boolean queue) {
		return new SemaphoreMessages.Acquire(semaphore, acquisition, 1, queue);
	}

	@Override
	LockMessages.@Nullable Reply acquired(@Nullable Result result) {
		return (result instanceof SemaphoreMessages.Reply reply) ? new LockMessages.Reply(reply.status(), reply.token())
				: null;
	}

	@Override
	Command release(PrimitiveId semaphore, long acquisition) {
		return new SemaphoreMessages.Withdraw(semaphore, acquisition);
	}

	@Override
	@Nullable Boolean released(@Nullable Result result) {
		return (result instanceof Result.Number permits) ? permits.value() != 0 : null;
	}

	@Override
	boolean waited(@Nullable Result result) {
		return false;
	}

	@Override
	LockMessages.@Nullable Granted granted(Event event) {
		return (event instanceof SemaphoreMessages.Granted granted)
				? new LockMessages.Granted(granted.source(), granted.acquisition(), granted.token()) : null;
	}

	@Override
	Model<?, LockModel.Input, LockModel.Output> model() {
		return new SemaphoreModel(PERMITS);
	}

}
