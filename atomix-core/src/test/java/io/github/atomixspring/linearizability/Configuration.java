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

import java.util.BitSet;
import java.util.LinkedList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Point that a search has reached: what has been linearised, and the state.
 * <p>
 * Operations are numbered by their invocation, those with an unknown outcome apart. As
 * real time allows only few of them to overtake others, the known ones are kept as a
 * prefix and a small set beyond it.
 */
final class Configuration<S, I, O> implements Comparable<Configuration<S, I, O>> {

	private final @Nullable Configuration<S, I, O> parent;

	private final @Nullable Operation<I, O> last;

	private final S state;

	private final int prefix;

	private final BitSet beyond;

	private final BitSet unknown;

	private final int progress;

	private final int guesses;

	Configuration(S state) {
		this(null, null, state, 0, new BitSet(), new BitSet());
	}

	private Configuration(@Nullable Configuration<S, I, O> parent, @Nullable Operation<I, O> last, S state, int prefix,
			BitSet beyond, BitSet unknown) {
		this.parent = parent;
		this.last = last;
		this.state = state;
		this.prefix = prefix;
		this.beyond = beyond;
		this.unknown = unknown;
		this.progress = prefix + beyond.cardinality();
		this.guesses = unknown.cardinality();
	}

	S state() {
		return this.state;
	}

	int prefix() {
		return this.prefix;
	}

	int progress() {
		return this.progress;
	}

	BitSet unknown() {
		return this.unknown;
	}

	boolean contains(int known) {
		return known < this.prefix || this.beyond.get(known - this.prefix);
	}

	Configuration<S, I, O> withKnown(int index, Operation<I, O> operation, S state) {
		BitSet beyond = (BitSet) this.beyond.clone();
		beyond.set(index - this.prefix);
		int shift = beyond.nextClearBit(0);
		return new Configuration<>(this, operation, state, this.prefix + shift, beyond.get(shift, beyond.length()),
				this.unknown);
	}

	Configuration<S, I, O> withUnknown(int index, Operation<I, O> operation, S state) {
		BitSet unknown = (BitSet) this.unknown.clone();
		unknown.set(index);
		return new Configuration<>(this, operation, state, this.prefix, this.beyond, unknown);
	}

	/**
	 * Returns what has to be the same in two configurations to compare them by their
	 * unknown operations.
	 */
	Key<S> key() {
		return new Key<>(this.prefix, this.beyond, this.state);
	}

	List<Operation<I, O>> path() {
		LinkedList<Operation<I, O>> path = new LinkedList<>();
		for (Configuration<S, I, O> at = this; at != null && at.last != null; at = at.parent) {
			path.addFirst(at.last);
		}
		return path;
	}

	@Override
	public int compareTo(Configuration<S, I, O> other) {
		int order = Integer.compare(other.progress, this.progress);
		return (order != 0) ? order : Integer.compare(this.guesses, other.guesses);
	}

	/**
	 * Known operations that have been linearised, and the state.
	 */
	record Key<S>(int prefix, BitSet beyond, S state) {
	}

}
