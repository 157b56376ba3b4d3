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

package io.github.atomixspring.spring.metrics;

import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.primitive.Registration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} for a node: its operations and waits by the type of the primitive
 * and the outcome, its session, and, if it is a member, consensus, log, snapshots,
 * gateway and what the Raft server itself measures.
 * <p>
 * Neither names of primitives nor ids of sessions are tags, so the number of meters is
 * bounded. Nothing is measured before this is bound to a registry.
 *
 * @since 0.1.0
 */
public class AtomixMetrics implements MeterBinder, AutoCloseable {

	private final Atomix atomix;

	private final boolean raftServer;

	private final List<Bound> bound = new ArrayList<>();

	/**
	 * Creates a binder.
	 * @param atomix the node
	 * @param raftServer whether to have the Raft server of a member measure as well
	 */
	public AtomixMetrics(Atomix atomix, boolean raftServer) {
		this.atomix = atomix;
		this.raftServer = raftServer;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		synchronized (this.bound) {
			if (this.bound.stream().noneMatch((existing) -> existing.registry() == registry)) {
				this.bound.add(bind(registry));
			}
		}
	}

	private Bound bind(MeterRegistry registry) {
		List<Registration> registrations = new ArrayList<>();
		ReplicaMeters replicaMeters = null;
		registrations.add(this.atomix.session().addObserver(new OperationMeters(registry)));
		registrations.add(SessionMeters.bind(this.atomix.session(), registry));
		if (this.atomix instanceof AtomixReplica replica) {
			replicaMeters = new ReplicaMeters(replica::status, replica::statistics);
			replicaMeters.bindTo(registry);
			if (this.raftServer) {
				registrations.add(replica.raftMetrics().addListener(new RaftMeters(registry)));
			}
		}
		return new Bound(registry, registrations, replicaMeters);
	}

	/**
	 * Measures nothing more.
	 */
	@Override
	public void close() {
		synchronized (this.bound) {
			this.bound.forEach((binding) -> binding.registrations().forEach(Registration::close));
			this.bound.clear();
		}
	}

	/**
	 * A registry with meters.
	 *
	 * @param registry the registry
	 * @param registrations what feeds them
	 * @param replica what the meters of a member look at, to which a registry has weak
	 * references only; null for a client
	 */
	private record Bound(MeterRegistry registry, List<Registration> registrations, @Nullable ReplicaMeters replica) {

	}

}
