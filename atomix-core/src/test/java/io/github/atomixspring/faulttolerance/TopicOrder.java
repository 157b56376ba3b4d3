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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Judges what subscribers of a topic were told.
 * <p>
 * A message has one successor in the log. So where two subscribers saw a message, and
 * neither was told of a gap behind it, both saw the same next.
 *
 * @param <T> the type of messages, each of which is published once
 */
public final class TopicOrder<T> {

	private final Map<T, T> successors = new HashMap<>();

	private final Map<T, T> predecessors = new HashMap<>();

	private final Set<T> received = new HashSet<>();

	private final List<String> mistakes = new ArrayList<>();

	/**
	 * Adds what a subscriber was told.
	 * @param subscriber its name
	 * @param told the messages, and null for each announced gap
	 */
	public void add(String subscriber, Iterable<? extends @Nullable T> told) {
		Set<T> own = new HashSet<>();
		T before = null;
		for (T message : told) {
			if (message != null) {
				if (!own.add(message)) {
					this.mistakes.add(subscriber + " saw " + message + " twice");
				}
				if (before != null) {
					follow(this.successors, before, message, subscriber + " saw after ");
					follow(this.predecessors, message, before, subscriber + " saw before ");
				}
			}
			before = message;
		}
		this.received.addAll(own);
	}

	private void follow(Map<T, T> order, T message, T next, String text) {
		T known = order.putIfAbsent(message, next);
		if (known != null && !known.equals(next)) {
			this.mistakes.add(text + message + " " + next + ", another " + known);
		}
	}

	/**
	 * Judges order and repetitions.
	 * @return what was wrong, one text for each mistake
	 */
	public List<String> mistakes() {
		return List.copyOf(this.mistakes);
	}

	/**
	 * Looks for messages that no subscriber was told.
	 * @param published the messages whose publication succeeded
	 * @return a text for each of them
	 */
	public List<String> lost(Collection<T> published) {
		return published.stream()
			.filter((message) -> !this.received.contains(message))
			.map((message) -> "Nobody received the published message " + message)
			.toList();
	}

	/**
	 * Looks for messages that were told and not published.
	 * @param attempted the messages that may have been published
	 * @return a text for each of them
	 */
	public List<String> invented(Collection<T> attempted) {
		Set<T> known = new HashSet<>(attempted);
		return this.received.stream()
			.filter((message) -> !known.contains(message))
			.map((message) -> "Nobody published " + message)
			.toList();
	}

}
