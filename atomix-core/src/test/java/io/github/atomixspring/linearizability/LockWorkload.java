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

package io.github.atomixspring.linearizability;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One lock whose holders release it, are refused, wait, lose their session or try what
 * they must not.
 */
class LockWorkload implements Workload<LockModel.Input, LockModel.Output> {

	private final Map<Integer, Integer> epochs = new HashMap<>();

	private final Set<String> dead = new HashSet<>();

	private @Nullable String holder;

	private long token;

	@Override
	public LockModel.Input next(int process, Random random) {
		String session = session(process);
		if (random.nextInt(40) == 0) {
			this.epochs.merge(process, 1, Integer::sum);
			return LockModel.Input.expire(session);
		}
		boolean release = session.equals(this.holder) || random.nextInt(20) == 0;
		return (release) ? LockModel.Input.release("l", session, "t") : LockModel.Input.acquire("l", session, "t");
	}

	private String session(int process) {
		return "s" + process + "." + this.epochs.getOrDefault(process, 0);
	}

	@Override
	public boolean isAlwaysUnknown(LockModel.Input input) {
		return input.kind() == LockModel.Kind.EXPIRE;
	}

	@Override
	public LockModel.@Nullable Output apply(LockModel.Input input) {
		return switch (input.kind()) {
			case ACQUIRE -> acquire(input.session());
			case RELEASE -> release(input.session(), LockModel.Answer.RELEASED);
			case EXPIRE -> {
				this.dead.add(input.session());
				yield release(input.session(), LockModel.Answer.EXPIRED);
			}
		};
	}

	private LockModel.@Nullable Output acquire(String session) {
		boolean waits = session.hashCode() % 2 == 0;
		if (this.dead.contains(session) || waits && this.holder != null) {
			return null;
		}
		if (this.holder != null) {
			return (session.equals(this.holder)) ? null : LockModel.Output.of(LockModel.Answer.REFUSED);
		}
		this.holder = session;
		this.token++;
		return LockModel.Output.granted(this.token);
	}

	private LockModel.Output release(String session, LockModel.Answer answer) {
		if (!session.equals(this.holder)) {
			return LockModel.Output.of(LockModel.Answer.NOT_OWNER);
		}
		this.holder = null;
		return LockModel.Output.of(answer);
	}

	@Override
	public LockModel.Output mutate(LockModel.Input input, LockModel.Output output, Random random) {
		return switch (output.answer()) {
			case GRANTED -> LockModel.Output.granted(output.token() + random.nextInt(3) - 1);
			case REFUSED -> LockModel.Output.granted(this.token + 1);
			case RELEASED -> LockModel.Output.of(LockModel.Answer.NOT_OWNER);
			default -> LockModel.Output.of(LockModel.Answer.RELEASED);
		};
	}

}
