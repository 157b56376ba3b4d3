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

package io.github.atomixspring.value;

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * A {@link DistributedIdGenerator} over the session of its node.
 */
final class IdGeneratorProxy extends AbstractPrimitive implements DistributedIdGenerator {

	private final IdRanges ranges;

	private final AsyncDistributedIdGenerator async;

	/**
	 * Creates a generator.
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called when the instance is closed
	 */
	IdGeneratorProxy(PrimitiveSession session, String name, IdGeneratorOptions options, Runnable onClose) {
		super(session, PrimitiveType.ID_GENERATOR, name, onClose);
		this.ranges = new IdRanges(session, mailbox(), options.rangeSize(), toString(), this::reserve);
		this.async = () -> {
			long id = take();
			return (id != IdRanges.NONE) ? CompletableFuture.completedFuture(id) : session.expose(this.ranges.next());
		};
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
	}

	private CompletableFuture<Result> reserve(int count) {
		return session().submit(new IdMessages.Reserve(id(), count));
	}

	private long take() {
		return isClosed() ? IdRanges.NONE : this.ranges.take();
	}

	@Override
	public long nextId() {
		long id = take();
		return (id != IdRanges.NONE) ? id : session().await(this.ranges.next());
	}

	@Override
	public AsyncDistributedIdGenerator async() {
		return this.async;
	}

	@Override
	protected void handle(Event event) {
		// Ids that are here stay unique whatever becomes of the generator.
	}

	@Override
	protected void handle(long id, SessionState state) {
		// A range belongs to the node, not to its session.
	}

	@Override
	protected void release() {
		this.ranges.close(closedException());
	}

}
