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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Groups of accounts between which money is moved, each by one transaction. A group is
 * one object with all its accounts, so that a linearizable history of it is a strictly
 * serializable one of the transactions.
 *
 * @since 0.1.0
 */
public final class BankModel implements DeterministicModel<List<Long>, BankModel.Input, BankModel.Output> {

	/**
	 * The number of accounts of a group.
	 */
	public static final int ACCOUNTS = 4;

	/**
	 * What is on each account at first.
	 */
	public static final long INITIAL = 100;

	@Override
	public List<Long> initialState() {
		return Collections.nCopies(ACCOUNTS, INITIAL);
	}

	@Override
	public Transition<List<Long>, Output> apply(List<Long> state, Input input) {
		if (input.amount() == 0) {
			return new Transition<>(state, new Output(state));
		}
		Output seen = new Output(List.of(state.get(input.from()), state.get(input.to())));
		if (state.get(input.from()) < input.amount()) {
			return new Transition<>(state, seen);
		}
		List<Long> next = new ArrayList<>(state);
		next.set(input.from(), state.get(input.from()) - input.amount());
		next.set(input.to(), state.get(input.to()) + input.amount());
		return new Transition<>(List.copyOf(next), seen);
	}

	@Override
	public boolean isReadOnly(Input input, @Nullable Output output) {
		return input.amount() == 0 || (output != null && output.balances().get(0) < input.amount());
	}

	@Override
	public Object partition(Input input) {
		return input.group();
	}

	/**
	 * A transaction.
	 *
	 * @param group the group of accounts
	 * @param from the account that money is taken from
	 * @param to another account, which gets it
	 * @param amount how much, if there is enough; zero reads all accounts
	 */
	public record Input(String group, int from, int to, long amount) {

		public static Input transfer(String group, int from, int to, long amount) {
			return new Input(group, from, to, amount);
		}

		public static Input read(String group) {
			return new Input(group, 0, 0, 0);
		}

	}

	/**
	 * What a transaction saw before it wrote.
	 *
	 * @param balances the two accounts of a transfer, or all
	 */
	public record Output(List<Long> balances) {

	}

}
