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

package io.github.atomixspring.statemachine;

import java.util.NavigableSet;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that await the end of their requests.
 */
final class Receipts {

	private final Service service;

	/**
	 * Those who wait, with the numbers of their receipts.
	 */
	private final Waiters<Long> waiters = new Waiters<>();

	Receipts(Service service) {
		this.service = service;
	}

	/**
	 * Returns the receipt of a request that is awaited.
	 * @param request the request
	 * @return the receipt, or null if it is not awaited
	 */
	@Nullable Receipt find(Request request) {
		Long number = this.waiters.get(request);
		return (number != null) ? new Receipt(number, Receipt.AWAITED) : null;
	}

	void await(Request request, long number) {
		this.waiters.add(request, number);
	}

	boolean isFull() {
		return this.waiters.isFull();
	}

	/**
	 * Applies a command that concerns receipts.
	 * @param command the command
	 * @param session the session
	 * @param born the number from which on the service knows what it was given
	 * @return the result, or null if the command is another one
	 */
	@Nullable Result apply(Command command, long session, long born) {
		if (command instanceof ReceiptMessages.Check check) {
			Receipt awaited = find(new Request(session, check.request()));
			if (awaited != null) {
				return awaited;
			}
			return new Receipt(check.number(), (check.number() >= born) ? Receipt.DONE : Receipt.LOST);
		}
		if (command instanceof ReceiptMessages.Forget forget) {
			return new Result.Flag(this.waiters.remove(new Request(session, forget.request())) != null);
		}
		return null;
	}

	/**
	 * Tells the one who awaits a request, if anyone does, that it has ended.
	 * @param request the request
	 * @param status the status of the receipt
	 * @param context the rest of the state
	 */
	void end(Request request, int status, Context context) {
		if (this.waiters.remove(request) != null) {
			context.send(request.session(), new ReceiptMessages.Ended(this.service.id(), request.number(), status));
			context.left(this.service.id(), request.session());
		}
	}

	void release(long session) {
		this.waiters.removeAll(session);
	}

	/**
	 * Tells all who wait that the primitive is destroyed.
	 * @param status the status of their receipts
	 * @param context the rest of the state
	 */
	void destroy(int status, Context context) {
		this.waiters.forEach((request, number) -> context.send(request.session(),
				new ReceiptMessages.Ended(this.service.id(), request.number(), status)));
	}

	boolean isEmpty() {
		return this.waiters.isEmpty();
	}

	boolean hasSession(long session) {
		return this.waiters.hasSession(session);
	}

	NavigableSet<Long> sessions() {
		return this.waiters.sessions();
	}

}
