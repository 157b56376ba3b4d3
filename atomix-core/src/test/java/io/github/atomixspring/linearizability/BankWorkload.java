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
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One group of accounts.
 */
class BankWorkload implements Workload<BankModel.Input, BankModel.Output> {

	private final long[] balances = new long[BankModel.ACCOUNTS];

	BankWorkload() {
		Arrays.fill(this.balances, BankModel.INITIAL);
	}

	@Override
	public BankModel.Input next(int process, Random random) {
		if (random.nextInt(3) == 0) {
			return BankModel.Input.read("g");
		}
		int from = random.nextInt(BankModel.ACCOUNTS);
		int to = (from + 1 + random.nextInt(BankModel.ACCOUNTS - 1)) % BankModel.ACCOUNTS;
		return BankModel.Input.transfer("g", from, to, 30 * (1 + random.nextInt(4)));
	}

	@Override
	public BankModel.Output apply(BankModel.Input input) {
		if (input.amount() == 0) {
			return new BankModel.Output(Arrays.stream(this.balances).boxed().toList());
		}
		BankModel.Output seen = new BankModel.Output(List.of(this.balances[input.from()], this.balances[input.to()]));
		if (this.balances[input.from()] >= input.amount()) {
			this.balances[input.from()] -= input.amount();
			this.balances[input.to()] += input.amount();
		}
		return seen;
	}

	@Override
	public BankModel.Output mutate(BankModel.Input input, BankModel.Output output, Random random) {
		List<Long> mutated = new ArrayList<>(output.balances());
		int account = random.nextInt(mutated.size());
		mutated.set(account, mutated.get(account) + 30 * (1 + random.nextInt(2)));
		return new BankModel.Output(mutated);
	}

}
