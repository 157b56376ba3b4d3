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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Readable account of how far a search got and what it could not place next.
 *
 * @param partition the part of the history
 * @param furthest the configuration with the longest linearised prefix
 * @param operations how many operations with a known outcome there are
 * @param stuck the operations of which one had to come next
 * @param unknown operations with an unknown outcome that could have come before it
 */
record Evidence<S, I, O>(Object partition, Configuration<S, I, O> furthest, int operations, List<Operation<I, O>> stuck,
		List<Operation<I, O>> unknown) {

	private static final int SHOWN = 12;

	@Override
	public String toString() {
		List<Operation<I, O>> path = this.furthest.path();
		List<Operation<I, O>> tail = path.subList(Math.max(0, path.size() - SHOWN), path.size());
		long origin = Stream.of(tail, this.stuck).flatMap(List::stream).mapToLong(Operation::invoked).min().orElse(0);
		return """
				Part '%s': the longest legal prefix that was found has %d of %d operations, ends with
				%s
				and leads to the state
				  %s
				in which no legal order goes on with any of these, one of which must be next
				%s
				nor with any of those first whose outcome is unknown, such as the latest
				%s
				(times in ms from the first one shown)""".formatted(this.partition, this.furthest.progress(),
				this.operations, lines(tail, origin), this.furthest.state(), lines(this.stuck, origin),
				lines(this.unknown.subList(Math.max(0, this.unknown.size() - SHOWN), this.unknown.size()), origin));
	}

	private static <I, O> String lines(List<Operation<I, O>> operations, long origin) {
		return (operations.isEmpty()) ? "  (none)"
				: operations.stream().map((operation) -> line(operation, origin)).collect(Collectors.joining("\n"));
	}

	private static <I, O> String line(Operation<I, O> operation, long origin) {
		String end = (operation.isUnknown()) ? "?" : millis(operation.returned() - origin);
		return "  %10s - %-10s %s: %s -> %s".formatted(millis(operation.invoked() - origin), end, operation.process(),
				operation.input(), (operation.isUnknown()) ? "?" : operation.output());
	}

	private static String millis(long nanos) {
		return "%.3f".formatted((double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
	}

}
