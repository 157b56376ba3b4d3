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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a set, for both of its faces.
 *
 * @param <E> the type of the elements
 */
final class SetOperations<E> {

	private static final int PAGE_ELEMENTS = 500;

	private final PrimitiveId id;

	private final Lane lane;

	private final Encoding<E> encoding;

	private final long defaultTimeToLive;

	private final ReadConsistency consistency;

	/**
	 * Creates the operations.
	 * @param id the set
	 * @param options the options
	 * @param lane submits commands and asks queries
	 */
	SetOperations(PrimitiveId id, SetOptions<E> options, Lane lane) {
		this.id = id;
		this.lane = lane;
		this.encoding = new Encoding<>(options.codec(), "an element of the set '" + id.name() + "'");
		this.defaultTimeToLive = Configurations.millis(options.timeToLive());
		this.consistency = options.readConsistency();
	}

	ReadConsistency consistency() {
		return this.consistency;
	}

	E decode(byte[] element) {
		return this.encoding.decode(element);
	}

	List<byte[]> encode(E element) {
		Objects.requireNonNull(element, "'element' must not be null");
		return List.of(this.encoding.encode(element));
	}

	/**
	 * Returns the command with which a transaction adds or removes an element.
	 * @param element the element
	 * @param presence not null to add it
	 * @param timeToLive the time to live in milliseconds; zero for the default
	 * @return the command
	 */
	Command unconditional(byte[] element, byte @Nullable [] presence, long timeToLive) {
		return (presence != null)
				? new SetMessages.Add(this.id, List.of(element),
						(timeToLive != 0) ? timeToLive : this.defaultTimeToLive)
				: new SetMessages.Remove(this.id, List.of(element));
	}

	CompletableFuture<Boolean> add(E element) {
		return flag(new SetMessages.Add(this.id, encode(element), this.defaultTimeToLive));
	}

	CompletableFuture<Boolean> add(E element, Duration timeToLive) {
		return flag(new SetMessages.Add(this.id, encode(element), Durations.positiveMillis(timeToLive, "timeToLive")));
	}

	CompletableFuture<Boolean> addAll(Collection<? extends E> elements) {
		return addAll(elements, this.defaultTimeToLive);
	}

	CompletableFuture<Boolean> addAll(Collection<? extends E> elements, Duration timeToLive) {
		return addAll(elements, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

	private CompletableFuture<Boolean> addAll(Collection<? extends E> elements, long timeToLive) {
		return inParts(Parts.of(elements, this.encoding),
				(part) -> flag(new SetMessages.Add(this.id, part, timeToLive)), false, Boolean::logicalOr);
	}

	CompletableFuture<Boolean> remove(E element) {
		return flag(new SetMessages.Remove(this.id, encode(element)));
	}

	CompletableFuture<Boolean> removeAll(Collection<? extends E> elements) {
		return inParts(Parts.of(present(elements), this.encoding), this::removePart, false, Boolean::logicalOr);
	}

	CompletableFuture<Boolean> removePart(List<byte[]> part) {
		return flag(new SetMessages.Remove(this.id, part));
	}

	CompletableFuture<Boolean> retainAll(Collection<? extends E> elements) {
		List<List<byte[]>> parts = Parts.of(present(elements), this.encoding);
		if (parts.size() <= 1) {
			return flag(new SetMessages.Retain(this.id, parts.isEmpty() ? List.of() : parts.get(0)));
		}
		Set<ByteBuffer> retained = parts.stream()
			.flatMap(List::stream)
			.map(ByteBuffer::wrap)
			.collect(Collectors.toSet());
		return retain(retained, null, false);
	}

	private static <E> List<E> present(Collection<? extends E> elements) {
		Objects.requireNonNull(elements, "'elements' must not be null");
		// Null is in no set, and the JDK wants it to be harmless here.
		return elements.stream().filter(Objects::nonNull).map((element) -> (E) element).toList();
	}

	private CompletableFuture<Boolean> retain(Set<ByteBuffer> retained, @Nullable KeyValue after, boolean changed) {
		return page(after, ReadConsistency.LINEARIZABLE).thenCompose((page) -> {
			if (page.isEmpty()) {
				return CompletableFuture.completedFuture(changed);
			}
			List<byte[]> others = page.stream()
				.map(KeyValue::key)
				.filter((element) -> !retained.contains(ByteBuffer.wrap(element)))
				.toList();
			KeyValue last = page.get(page.size() - 1);
			return others.isEmpty() ? retain(retained, last, changed)
					: removePart(others).thenCompose((removed) -> retain(retained, last, changed || removed));
		});
	}

	CompletableFuture<Void> clear() {
		return flag(new SetMessages.Retain(this.id, List.of())).thenApply((removed) -> null);
	}

	CompletableFuture<Boolean> contains(E element, ReadConsistency howFresh) {
		return contains(encode(element), howFresh);
	}

	CompletableFuture<Boolean> containsAll(Collection<? extends E> elements) {
		return inParts(Parts.of(elements, this.encoding), (part) -> contains(part, this.consistency), true,
				Boolean::logicalAnd);
	}

	private CompletableFuture<Boolean> contains(List<byte[]> elements, ReadConsistency howFresh) {
		return this.lane.ask(new SetMessages.Contains(this.id, elements), howFresh, Result.Flag.class)
			.thenApply(Result.Flag::value);
	}

	CompletableFuture<Integer> size() {
		return this.lane.ask(new SetMessages.Size(this.id), this.consistency, Result.Number.class)
			.thenApply((size) -> (int) Math.min(size.value(), Integer.MAX_VALUE));
	}

	CompletableFuture<List<KeyValue>> page(@Nullable KeyValue after) {
		return page(after, this.consistency);
	}

	private CompletableFuture<List<KeyValue>> page(@Nullable KeyValue after, ReadConsistency howFresh) {
		return this.lane
			.ask(new SetMessages.Page(this.id, (after != null) ? after.key() : null, PAGE_ELEMENTS), howFresh,
					Result.Entries.class)
			.thenApply(Result.Entries::entries);
	}

	private CompletableFuture<Boolean> flag(Command command) {
		return this.lane.command(command, Result.Flag.class).thenApply(Result.Flag::value);
	}

	private static CompletableFuture<Boolean> inParts(List<List<byte[]>> parts,
			Function<List<byte[]>, CompletableFuture<Boolean>> operation, boolean ofNone,
			BinaryOperator<Boolean> combination) {
		CompletableFuture<Boolean> all = CompletableFuture.completedFuture(ofNone);
		for (List<byte[]> part : parts) {
			all = all.thenCombine(operation.apply(part), combination);
		}
		return all;
	}

}
