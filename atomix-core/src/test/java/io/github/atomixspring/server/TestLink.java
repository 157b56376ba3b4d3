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

package io.github.atomixspring.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a link to a gateway, driven by a test.
 */
class TestLink implements LinkHandler {

	private final LinkedBlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final Link link;

	private long session;

	TestLink(Gateway gateway) {
		this.link = gateway.accept(this);
	}

	static TestLink welcomed(Gateway gateway) {
		TestLink link = new TestLink(gateway);
		link.hello("test", MemoryMember.CLUSTER_ID);
		link.next(ServerFrame.Welcome.class);
		return link;
	}

	static TestLink open(Gateway gateway, String token) {
		TestLink link = welcomed(gateway);
		link.open(token, 60_000);
		return link;
	}

	void hello(String cluster, @Nullable String clusterId) {
		send(new ClientFrame.Hello(1, cluster, clusterId, "client", 1));
	}

	long open(String token, long timeout) {
		send(new ClientFrame.Open(token, "client", timeout));
		this.session = next(ServerFrame.Opened.class).session();
		return this.session;
	}

	long session() {
		return this.session;
	}

	void send(ClientFrame frame) {
		this.link.send(frame);
	}

	void submit(long sequence, Command... commands) {
		Sequenced[] sequenced = new Sequenced[commands.length];
		for (int i = 0; i < commands.length; i++) {
			sequenced[i] = new Sequenced(sequence + i, Wire.COMMAND.encode(commands[i]));
		}
		send(new ClientFrame.Submit(this.session, 0, 0, List.of(sequenced)));
	}

	void ask(long id, Query query) {
		send(new ClientFrame.Ask(id, true, 0, Wire.QUERY.encode(query)));
	}

	Result result(long sequence) {
		ServerFrame.Applied applied = next(ServerFrame.Applied.class);
		if (applied.results().size() != 1 || applied.results().get(0).sequence() != sequence) {
			throw new AssertionError(applied + " instead of the result " + sequence);
		}
		return applied.results().get(0).result();
	}

	@Nullable ServerFrame poll(long millis) {
		try {
			return this.frames.poll(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	<T extends ServerFrame> T next(Class<T> type) {
		ServerFrame frame = poll(20_000);
		if (!type.isInstance(frame)) {
			throw new AssertionError(frame + " instead of " + type.getSimpleName());
		}
		return type.cast(frame);
	}

	void awaitClosed() {
		this.closed.orTimeout(20, TimeUnit.SECONDS).join();
	}

	boolean isClosed() {
		return this.closed.isDone();
	}

	void close() {
		this.link.close();
	}

	@Override
	public void received(ServerFrame frame) {
		if (this.closed.isDone()) {
			throw new AssertionError(frame + " after the end");
		}
		this.frames.add(frame);
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		if (!this.closed.complete(null)) {
			throw new AssertionError("Closed twice");
		}
	}

}
