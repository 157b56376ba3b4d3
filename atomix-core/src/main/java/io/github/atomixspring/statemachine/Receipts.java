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
import java.util.TreeMap;

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
	 * Returns whether somebody awaits what was taken under a number.
	 * @param request the request with which it was given, or null
	 * @param number the number
	 * @return whether it is awaited
	 */
	boolean isAwaited(@Nullable Request request, long number) {
		Long awaited = (request != null) ? this.waiters.get(request) : null;
		return awaited != null && awaited == number;
	}

	/**
	 * Tells the one who awaits something, if anyone does, that it is done.
	 * @param request the request with which it was given, or null
	 * @param number the number under which it was taken
	 * @param context the rest of the state
	 */
	void done(@Nullable Request request, long number, Context context) {
		if (request != null && take(request, number)) {
			context.send(request.session(),
					new ReceiptMessages.Ended(this.service.id(), request.number(), Receipt.DONE));
			context.left(this.service.id(), request.session());
		}
	}

	/**
	 * Takes note that what somebody awaits has ended.
	 * @param request the request with which it was given
	 * @param number the number under which it was taken
	 * @return whether it was awaited
	 */
	boolean take(Request request, long number) {
		boolean awaited = isAwaited(request, number);
		if (awaited) {
			this.waiters.remove(request);
		}
		return awaited;
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
		// By number: the order in which they were added is not part of snapshots.
		TreeMap<Long, Request> ordered = new TreeMap<>();
		this.waiters.forEach((request, number) -> ordered.put(number, request));
		ordered.values()
			.forEach((request) -> context.send(request.session(),
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
