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

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A session that submits one command and never says again that it lives, but goes on to
 * listen.
 */
final class RawSession implements LinkHandler {

	private final CompletableFuture<Long> opened = new CompletableFuture<>();

	private final CompletableFuture<Result> answered = new CompletableFuture<>();

	private final CompletableFuture<Void> expired = new CompletableFuture<>();

	private final AtomicInteger grants = new AtomicInteger();

	private final Link link;

	RawSession(LinkAcceptor gateway, long timeout, Command command) {
		this.link = gateway.accept(this);
		this.link.send(new ClientFrame.Hello(1, "test", null, "raw", 1));
		this.link.send(new ClientFrame.Open(UUID.randomUUID().toString(), "raw", timeout));
		this.opened.thenAccept((session) -> this.link
			.send(new ClientFrame.Submit(session, 0, 0, List.of(new Sequenced(1, Wire.COMMAND.encode(command))))));
	}

	CompletableFuture<Result> answered() {
		return this.answered;
	}

	CompletableFuture<Void> expired() {
		return this.expired;
	}

	int grants() {
		return this.grants.get();
	}

	@Override
	public void received(ServerFrame frame) {
		if (frame instanceof ServerFrame.Opened open) {
			this.opened.completeAsync(open::session);
		}
		else if (frame instanceof ServerFrame.Expired) {
			this.expired.complete(null);
		}
		else if (frame instanceof ServerFrame.Applied applied) {
			applied.events().forEach((event) -> {
				if (event.event() instanceof LockMessages.Granted) {
					this.grants.incrementAndGet();
				}
			});
			applied.results().forEach((result) -> this.answered.complete(result.result()));
		}
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		IllegalStateException failure = new IllegalStateException("The link was closed", cause);
		this.opened.completeExceptionally(failure);
		this.answered.completeExceptionally(failure);
		this.expired.completeExceptionally(failure);
	}

}
