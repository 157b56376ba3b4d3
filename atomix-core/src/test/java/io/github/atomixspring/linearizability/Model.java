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

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Sequential specification of an object: what it may answer if nothing is concurrent.
 * <p>
 * States are immutable with {@code equals} and {@code hashCode}; so are inputs and
 * outputs. All methods are pure functions.
 *
 * @param <S> the type of states
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public interface Model<S, I, O> {

	/**
	 * Returns the state before the first operation.
	 * @return the state
	 */
	S initialState();

	/**
	 * Returns the states that an operation with a known output leads to.
	 * @param state the state before
	 * @param input what was asked for
	 * @param output what was answered
	 * @return the possible states after, empty if the answer is not legal in this state
	 */
	Set<S> step(S state, I input, O output);

	/**
	 * Returns the states that an operation with an unknown outcome leads to if it takes
	 * effect. That it has none is always possible and need not be told.
	 * @param state the state before
	 * @param input what was asked for
	 * @return the possible states after, empty if it can have no effect here that makes
	 * anything else legal
	 */
	Set<S> stepUnknown(S state, I input);

	/**
	 * Tells whether an operation leaves every state in which it is legal as it is. Such
	 * operations are cheap to judge, and without an output they are ignored.
	 * @param input what was asked for
	 * @param output what was answered, {@code null} if the outcome is unknown
	 * @return {@code true} if {@link #step} returns the given state or none at all
	 */
	default boolean isReadOnly(I input, @Nullable O output) {
		return false;
	}

	/**
	 * Tells whether an operation is illegal in a state and in all states that can follow.
	 * The search gives up such states at once; it is correct to always answer
	 * {@code false}.
	 * @param state the state
	 * @param input what was asked for
	 * @param output what was answered
	 * @return {@code true} if it can never become legal
	 */
	default boolean isOutOfReach(S state, I input, O output) {
		return false;
	}

	/**
	 * Returns the independent part of the object that an input concerns, such as a key.
	 * The parts are judged one by one.
	 * @param input what was asked for
	 * @return the part, {@code null} if the operation concerns each of them
	 */
	default @Nullable Object partition(I input) {
		return "";
	}

}
