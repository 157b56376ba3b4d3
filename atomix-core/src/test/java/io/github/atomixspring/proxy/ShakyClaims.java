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

package io.github.atomixspring.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a {@link ShakyNode} has asked for.
 *
 * @param <H> the type of the handles of what was granted
 */
public final class ShakyClaims<H> {

	private final ShakyNode node;

	private final Class<H> type;

	private final Predicate<H> held;

	private final Consumer<H> release;

	private final List<CompletableFuture<?>> requests = new ArrayList<>();

	/**
	 * Creates an empty instance.
	 * @param node the node
	 * @param type the type of the handles
	 * @param held whether what was granted still lasts
	 * @param release gives it back
	 */
	public ShakyClaims(ShakyNode node, Class<H> type, Predicate<H> held, Consumer<H> release) {
		this.node = node;
		this.type = type;
		this.held = held;
		this.release = release;
	}

	/**
	 * Asks for something.
	 * @param request asks, for a handle or an optional one
	 */
	public void request(Supplier<CompletableFuture<?>> request) {
		this.node.endGap();
		this.requests.add(request.get());
	}

	/**
	 * Gives a request up.
	 * @param random decides which
	 */
	public void cancel(Random random) {
		this.node.endGap();
		if (!this.requests.isEmpty()) {
			this.requests.get(random.nextInt(this.requests.size())).cancel(true);
		}
	}

	/**
	 * Gives all back that is held.
	 */
	public void release() {
		this.node.endGap();
		held().toList().forEach(this.release);
	}

	/**
	 * Returns whether all requests have an outcome.
	 * @return whether there is nothing to wait for
	 */
	public boolean isDone() {
		return this.requests.stream().allMatch(CompletableFuture::isDone);
	}

	/**
	 * Returns what was granted and still lasts.
	 * @return the handles
	 */
	public Stream<H> held() {
		return this.requests.stream()
			.filter((request) -> request.isDone() && !request.isCompletedExceptionally())
			.map(CompletableFuture::join)
			.map((outcome) -> (outcome instanceof Optional<?> optional) ? optional.orElse(null) : outcome)
			.filter(this.type::isInstance)
			.map(this.type::cast)
			.filter(this.held);
	}

}
