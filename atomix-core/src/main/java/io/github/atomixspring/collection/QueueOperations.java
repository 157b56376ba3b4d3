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

package io.github.atomixspring.collection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a queue that do not wait, for both of its faces.
 *
 * @param <E> the type of the elements
 */
final class QueueOperations<E> {

	private static final int PAGE_ELEMENTS = 500;

	private final PrimitiveId id;

	private final Lane lane;

	private final QueueOptions<E> options;

	private final List<Setting> settings;

	private final Encoding<E> encoding;

	/**
	 * Creates the operations.
	 * @param id the queue
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	QueueOperations(PrimitiveId id, QueueOptions<E> options, Lane lane) {
		this.id = id;
		this.lane = lane;
		this.options = options;
		this.settings = Configurations.queue(options);
		this.encoding = new Encoding<>(options.codec(), "an element of the queue '" + id.name() + "'");
	}

	int capacity() {
		return this.options.capacity();
	}

	boolean isBounded() {
		return capacity() != QueueOptions.UNBOUNDED;
	}

	byte[] encode(E element) {
		Objects.requireNonNull(element, "'element' must not be null");
		return this.encoding.encode(element);
	}

	E decode(byte[] element) {
		return this.encoding.decode(element);
	}

	CompletableFuture<Boolean> offer(byte[] element) {
		return offer(List.of(element));
	}

	private CompletableFuture<Boolean> offer(List<byte[]> elements) {
		return flag(new QueueMessages.Offer(this.id, elements, this.settings));
	}

	CompletableFuture<Boolean> addAll(Collection<? extends E> elements) {
		CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
		List<List<byte[]>> parts = Parts.of(elements, this.encoding);
		if (parts.size() == 1) {
			return offer(parts.get(0));
		}
		for (List<byte[]> part : parts) {
			all = all.thenCompose((added) -> added ? offer(part) : CompletableFuture.completedFuture(false));
		}
		return all;
	}

	CompletableFuture<@Nullable E> poll() {
		return remove(1).thenApply((result) -> result.values().isEmpty() ? null : decode(result.values().get(0)));
	}

	CompletableFuture<List<E>> drain(int limit) {
		List<E> drained = new ArrayList<>();
		return drain(limit, drained).thenApply((end) -> drained);
	}

	private CompletableFuture<Void> drain(int limit, List<E> drained) {
		if (limit <= 0) {
			return CompletableFuture.completedFuture(null);
		}
		return remove(limit).thenCompose((result) -> {
			result.values().forEach((element) -> drained.add(decode(element)));
			return drain(result.more() ? limit - result.values().size() : 0, drained);
		});
	}

	/**
	 * Removes elements from the head in one step.
	 * @param limit the largest number of elements
	 * @return the elements, and whether there are more that did not fit into the answer
	 */
	CompletableFuture<Result.Values> remove(int limit) {
		return this.lane.command(new QueueMessages.Poll(this.id, limit), Result.Values.class);
	}

	CompletableFuture<Boolean> remove(E element) {
		return flag(new QueueMessages.RemoveFirst(this.id, encode(element)));
	}

	CompletableFuture<Boolean> removeAt(List<Long> positions) {
		return flag(new QueueMessages.RemoveAt(this.id, positions));
	}

	CompletableFuture<Void> clear() {
		return this.lane.command(new QueueMessages.Clear(this.id), Result.Done.class).thenApply((done) -> null);
	}

	CompletableFuture<Boolean> contains(E element) {
		return contains(List.of(encode(element)));
	}

	CompletableFuture<Boolean> containsAll(Collection<? extends E> elements) {
		CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
		for (List<byte[]> part : Parts.of(elements, this.encoding)) {
			all = all.thenCombine(contains(part), Boolean::logicalAnd);
		}
		return all;
	}

	private CompletableFuture<Boolean> contains(List<byte[]> elements) {
		return this.lane
			.ask(new QueueMessages.Contains(this.id, elements), this.options.readConsistency(), Result.Flag.class)
			.thenApply(Result.Flag::value);
	}

	CompletableFuture<Integer> size() {
		return this.lane.ask(new QueueMessages.Size(this.id), this.options.readConsistency(), Result.Number.class)
			.thenApply((size) -> (int) Math.min(size.value(), Integer.MAX_VALUE));
	}

	CompletableFuture<Optional<E>> peek() {
		return page(0, 1).thenApply((page) -> page.stream().findFirst().map((head) -> decode(head.value())));
	}

	CompletableFuture<List<KeyValue>> page(@Nullable KeyValue after) {
		return page((after != null) ? after.version() : 0, PAGE_ELEMENTS);
	}

	private CompletableFuture<List<KeyValue>> page(long after, int limit) {
		return this.lane
			.ask(new QueueMessages.Page(this.id, after, limit), this.options.readConsistency(), Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	private CompletableFuture<Boolean> flag(Command command) {
		return this.lane.command(command, Result.Flag.class).thenApply(Result.Flag::value);
	}

}
