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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.linearizability.BankModel;
import io.github.atomixspring.linearizability.BankModel.Input;
import io.github.atomixspring.linearizability.BankModel.Output;
import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.transaction.Transaction;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.transaction.TransactionalMap;
import io.github.atomixspring.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moves money between accounts in two maps and looks at all of them, by transactions.
 */
final class BankLoad extends RecordedLoad<Input, Output> {

	private static final int ATTEMPTS = 3;

	private final Map<SessionClient, Bank> banks = new ConcurrentHashMap<>();

	BankLoad(Nodes nodes, String name) {
		super(nodes, name, new BankModel(), new HistoryFormat<>(Input.class, Output.class));
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		Bank bank = this.banks.computeIfAbsent(session, Bank::new);
		String group = key("g", 300);
		if (caller.random().nextInt(4) == 0) {
			Output all = perform(caller, Input.read(group), () -> bank.execute((tx) -> bank.readAll(tx, group)));
			if (all != null) {
				assertThat(all.balances().stream().mapToLong(Long::longValue).sum())
					.isEqualTo(BankModel.ACCOUNTS * BankModel.INITIAL);
			}
			return;
		}
		int from = caller.random().nextInt(BankModel.ACCOUNTS);
		int to = (from + 1 + caller.random().nextInt(BankModel.ACCOUNTS - 1)) % BankModel.ACCOUNTS;
		Input transfer = Input.transfer(group, from, to, 1 + caller.random().nextInt(70));
		perform(caller, transfer, () -> bank.execute((tx) -> bank.transfer(tx, transfer)));
	}

	/**
	 * The bank as one node sees it.
	 */
	private static final class Bank {

		private final TransactionService transactions;

		private final List<DistributedMap<String, Long>> maps;

		Bank(SessionClient session) {
			this.transactions = Transactions.create(Sessions.single(session));
			MapOptions<String, Long> options = MapOptions.of(Codecs.strings(), Codecs.longs());
			this.maps = List.of(Maps.create(session, "left", options, () -> {
			}), Maps.create(session, "right", options, () -> {
			}));
		}

		CompletableFuture<Output> execute(Function<Transaction, @Nullable Output> function) {
			return this.transactions.async()
				.<Output>execute(ATTEMPTS, function)
				.thenApply((result) -> result.orElseThrow());
		}

		private TransactionalMap<String, Long> map(Transaction tx, int account) {
			return tx.map(this.maps.get(account % 2));
		}

		private long balance(Transaction tx, String group, int account) {
			Long balance = map(tx, account).get(group + "/" + account);
			return (balance != null) ? balance : BankModel.INITIAL;
		}

		Output readAll(Transaction tx, String group) {
			List<Long> balances = new ArrayList<>();
			for (int account = 0; account < BankModel.ACCOUNTS; account++) {
				balances.add(balance(tx, group, account));
			}
			return new Output(balances);
		}

		Output transfer(Transaction tx, Input input) {
			long from = balance(tx, input.group(), input.from());
			long to = balance(tx, input.group(), input.to());
			if (from >= input.amount()) {
				map(tx, input.from()).put(input.group() + "/" + input.from(), from - input.amount());
				map(tx, input.to()).put(input.group() + "/" + input.to(), to + input.amount());
			}
			return new Output(List.of(from, to));
		}

	}

}
