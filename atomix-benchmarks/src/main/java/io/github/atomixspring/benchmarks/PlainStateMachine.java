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

package io.github.atomixspring.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Keys, values and locks as one writes them on Ratis first: an operation is a log entry.
 * It takes no snapshots and knows no sessions, so it does less than ours.
 */
class PlainStateMachine extends BaseStateMachine {

	private static final Message GRANTED = Message.valueOf(ByteString.copyFrom(new byte[] { 1 }));

	private static final Message QUEUED = Message.valueOf(ByteString.copyFrom(new byte[] { 0 }));

	private final Map<String, ByteString> entries = new ConcurrentHashMap<>();

	private final ReentrantLock mutex = new ReentrantLock();

	/** The holder and behind it those who wait. */
	private final Map<String, Deque<ByteString>> locks = new HashMap<>();

	private final Map<ByteString, CompletableFuture<Message>> waits = new HashMap<>();

	@Override
	public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
		LogEntryProto entry = transaction.getLogEntry();
		PlainCommand command = PlainCommand.parse(entry.getStateMachineLogEntry().getLogData());
		Message result = switch (command.operation()) {
			case PlainCommand.PUT -> put(command);
			case PlainCommand.LOCK -> lock(command);
			default -> unlock(command);
		};
		updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
		return CompletableFuture.completedFuture(result);
	}

	private Message put(PlainCommand command) {
		ByteString old = this.entries.put(command.name(), command.value());
		return (old != null) ? Message.valueOf(old) : Message.EMPTY;
	}

	private Message lock(PlainCommand command) {
		this.mutex.lock();
		try {
			Deque<ByteString> queue = this.locks.computeIfAbsent(command.name(), (name) -> new ArrayDeque<>());
			queue.add(command.value());
			return (queue.size() == 1) ? GRANTED : QUEUED;
		}
		finally {
			this.mutex.unlock();
		}
	}

	private Message unlock(PlainCommand command) {
		CompletableFuture<Message> wait = null;
		this.mutex.lock();
		try {
			Deque<ByteString> queue = this.locks.get(command.name());
			if (queue != null && command.value().equals(queue.peek())) {
				queue.remove();
				ByteString next = queue.peek();
				if (next == null) {
					this.locks.remove(command.name());
				}
				else {
					wait = this.waits.remove(next);
				}
			}
		}
		finally {
			this.mutex.unlock();
		}
		if (wait != null) {
			wait.complete(GRANTED);
		}
		return Message.EMPTY;
	}

	@Override
	public CompletableFuture<Message> query(Message request) {
		PlainCommand query = PlainCommand.parse(request.getContent());
		if (query.operation() == PlainCommand.WAIT) {
			return await(query);
		}
		@Nullable ByteString value = this.entries.get(query.name());
		return CompletableFuture.completedFuture((value != null) ? Message.valueOf(value) : Message.EMPTY);
	}

	private CompletableFuture<Message> await(PlainCommand query) {
		this.mutex.lock();
		try {
			Deque<ByteString> queue = this.locks.get(query.name());
			if (queue == null || query.value().equals(queue.peek())) {
				return CompletableFuture.completedFuture(GRANTED);
			}
			return this.waits.computeIfAbsent(query.value(), (contender) -> new CompletableFuture<>());
		}
		finally {
			this.mutex.unlock();
		}
	}

}
