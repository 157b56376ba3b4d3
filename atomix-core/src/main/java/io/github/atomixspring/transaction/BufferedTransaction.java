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

package io.github.atomixspring.transaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.github.atomixspring.collection.Collections;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.Participant;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.Values;

/**
 * The {@link Transaction} that fills a {@link Buffer}. Each primitive has one view in it.
 */
final class BufferedTransaction implements Transaction {

	private final Route route;

	private final Buffer buffer;

	private final Map<PrimitiveId, Object> views = new LinkedHashMap<>();

	/**
	 * Creates a transaction.
	 * @param route finds where it is committed
	 * @param buffer what it fills
	 */
	BufferedTransaction(Route route, Buffer buffer) {
		this.route = route;
		this.buffer = buffer;
	}

	@Override
	public <K, V> TransactionalMap<K, V> map(DistributedMap<K, V> map) {
		Objects.requireNonNull(map, "'map' must not be null");
		var cells = Maps.cells(map);
		return view(cells.participant(), (ready) -> new MapView<>(new CellBuffer<>(cells, this.buffer)));
	}

	@Override
	public <E> TransactionalSet<E> set(DistributedSet<E> set) {
		Objects.requireNonNull(set, "'set' must not be null");
		var cells = Collections.cells(set);
		return view(cells.participant(), (ready) -> new SetView<>(new CellBuffer<>(cells, this.buffer)));
	}

	@Override
	public <V> TransactionalValue<V> value(DistributedValue<V> value) {
		Objects.requireNonNull(value, "'value' must not be null");
		var cells = Values.cells(value);
		return view(cells.participant(), (ready) -> new ValueView<>(new CellBuffer<>(cells, this.buffer)));
	}

	@Override
	public TransactionalLong atomicLong(DistributedLong number) {
		Objects.requireNonNull(number, "'number' must not be null");
		return view(Values.participant(number), (ready) -> new LongView(ready, this.buffer));
	}

	@SuppressWarnings("unchecked")
	private <W> W view(Participant participant, Function<Participant, W> factory) {
		this.buffer.checkActive();
		PrimitiveSession session = this.route.takeIn(participant.id());
		if (participant.session() != session) {
			throw new IllegalArgumentException("'" + participant.id().name() + "' is a primitive of the node '"
					+ participant.session().node() + "', the transaction is one of '" + session.node() + "'");
		}
		session.await(participant.ready().get());
		return (W) this.views.computeIfAbsent(participant.id(), (id) -> factory.apply(participant));
	}

	@Override
	public void requireLock(DistributedLock lock) {
		Objects.requireNonNull(lock, "'lock' must not be null");
		requireLock(lock, lock.fencingToken());
	}

	@Override
	public void requireLock(DistributedLock lock, long fencingToken) {
		Objects.requireNonNull(lock, "'lock' must not be null");
		require(lock, fencingToken, "fencingToken");
	}

	@Override
	public void requireLeadership(DistributedLeaderElection election, long term) {
		Objects.requireNonNull(election, "'election' must not be null");
		require(election, term, "term");
	}

	private void require(DistributedPrimitive claim, long number, String parameter) {
		if (number <= 0) {
			throw new IllegalArgumentException("'" + parameter + "' must be positive, not " + number);
		}
		PrimitiveId id = PrimitiveId.of(claim.type(), claim.name());
		this.route.takeIn(id);
		this.buffer.require(id, number);
	}

}
