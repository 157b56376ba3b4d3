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

package io.github.atomixspring.spring.annotation;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;
import io.github.atomixspring.spring.election.NotLeaderException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * A method that only the leader runs.
 *
 * @param guarded the method
 * @param elections the elections of this application
 * @param election the name of the election
 */
record LeaderOnlyMethod(GuardedMethod<LeaderOnly> guarded, LeaderElections elections, String election) {

	@Nullable Leadership leadership() {
		return this.elections.leadership(this.election).orElse(null);
	}

	boolean isInterrupted() {
		return this.guarded.annotation().interruptOnRevocation();
	}

	NotLeaderException notLeader() {
		return new NotLeaderException("Method " + this.guarded.name() + " runs only on the leader of '" + this.election
				+ "', and this node does not lead");
	}

	LeadershipLostException lost(Leadership leadership, @Nullable Throwable cause) {
		return new LeadershipLostException("Method " + this.guarded.name() + " was interrupted: the leadership of '"
				+ this.election + "' in term " + leadership.term() + " has ended", cause);
	}

	@Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Leadership leadership = leadership();
		if (leadership == null) {
			return this.guarded.reject(notLeader());
		}
		this.guarded.fill(invocation, leadership);
		try (Registration binding = leadership.bind()) {
			return (isInterrupted()) ? proceedUntilRevoked(invocation, leadership) : invocation.proceed();
		}
	}

	private @Nullable Object proceedUntilRevoked(MethodInvocation invocation, Leadership leadership) throws Throwable {
		Object result;
		RevocationInterrupt interrupt = RevocationInterrupt.of(leadership);
		try {
			result = invocation.proceed();
		}
		catch (Throwable ex) {
			if (interrupt.end() && !(ex instanceof LeadershipLostException)) {
				throw lost(leadership, ex);
			}
			throw ex;
		}
		finally {
			interrupt.end();
		}
		return (result instanceof CompletableFuture<?> future && this.guarded.resultKind() == ResultKind.FUTURE)
				? cancelWhenRevoked(future, leadership) : result;
	}

	private CompletableFuture<?> cancelWhenRevoked(CompletableFuture<?> work, Leadership leadership) {
		CompletableFuture<@Nullable Object> result = FutureResults.follow(work);
		Registration registration = leadership
			.addRevocationListener(() -> result.completeExceptionally(lost(leadership, null)));
		result.whenComplete((value, ex) -> {
			registration.close();
			work.cancel(true);
		});
		return result;
	}

}
