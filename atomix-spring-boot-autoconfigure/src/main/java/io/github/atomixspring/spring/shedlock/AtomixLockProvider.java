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

package io.github.atomixspring.spring.shedlock;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * {@link LockProvider} of ShedLock that keeps its locks in a {@link DistributedMap}: an
 * entry for each lock that is held, whose time to live is {@code lockAtMostFor}.
 * <p>
 * All times are measured by the replicated time of the cluster and by monotonic clocks:
 * the clocks of the machines need not agree. A lock ends {@code lockAtMostFor} after it
 * was taken at the earliest, and where the cluster has no leader for a while, later. It
 * does not end with the session of its node: that is what {@code lockAtLeastFor} is for.
 * Locks are not reentrant: who asks again is refused like anybody else.
 * <p>
 * {@link #lock} throws {@link io.github.atomixspring.primitive.UnavailableException} if
 * the cluster cannot be reached; nothing is locked then. If the answer was lost it throws
 * {@link UnknownOutcomeException} and gives the lock back when the cluster can be reached
 * again; if it cannot in time, the lock stays until {@code lockAtMostFor} has passed. If
 * the answer to an {@code unlock} is lost it may stay so long, too.
 *
 * @since 0.1.0
 */
public class AtomixLockProvider implements ExtensibleLockProvider {

	/**
	 * The name of the map unless another is given.
	 */
	public static final String DEFAULT_MAP = "shedlock";

	private static final Log logger = LogFactory.getLog(AtomixLockProvider.class);

	private final Atomix atomix;

	private final DistributedMap<String, String> locks;

	/**
	 * Creates a lock provider with the map {@value #DEFAULT_MAP}.
	 * @param atomix the node
	 */
	public AtomixLockProvider(Atomix atomix) {
		this(atomix, DEFAULT_MAP);
	}

	/**
	 * Creates a lock provider.
	 * @param atomix the node
	 * @param map the name of the map that keeps the locks. Applications that share a
	 * cluster and not their locks have different maps
	 */
	public AtomixLockProvider(Atomix atomix, String map) {
		Assert.notNull(atomix, "'atomix' must not be null");
		Assert.hasText(map, "'map' must not be blank");
		this.atomix = atomix;
		this.locks = atomix.map(map, String.class, String.class);
	}

	@Override
	public Optional<SimpleLock> lock(LockConfiguration configuration) {
		String owner = this.atomix.session().node() + "/" + UUID.randomUUID();
		String present;
		try {
			present = this.locks.putIfAbsent(configuration.getName(), owner, timeToLive(configuration));
		}
		catch (UnknownOutcomeException ex) {
			giveBack(configuration.getName(), owner);
			throw ex;
		}
		return (present != null) ? Optional.empty() : Optional.of(new AtomixLock(this, configuration, owner));
	}

	/**
	 * Takes a lock back of which nobody knows whether it was acquired. Commands of a
	 * session take effect in their order, so the lock cannot be acquired after this.
	 * @param name the name of the lock
	 * @param owner the owner
	 */
	private void giveBack(String name, String owner) {
		this.locks.async().remove(name, owner).whenComplete((removed, ex) -> {
			if (ex != null) {
				logger.warn("Lock '" + name + "' of ShedLock may be held until lockAtMostFor has passed: "
						+ ex.getMessage());
			}
		});
	}

	/**
	 * Frees a lock, or keeps it for the rest of {@code lockAtLeastFor}.
	 * @param configuration the configuration with which it was locked or extended
	 * @param owner the owner
	 * @param elapsed the time since then, no more than has passed for the cluster
	 */
	void unlock(LockConfiguration configuration, String owner, Duration elapsed) {
		Duration rest = configuration.getLockAtLeastFor().minus(elapsed);
		if (rest.isNegative() || rest.isZero()) {
			this.locks.remove(configuration.getName(), owner);
		}
		else {
			this.locks.replace(configuration.getName(), owner, owner, rest);
		}
	}

	/**
	 * Extends a lock if it is still held. The owner stays the same, so that the lock can
	 * be freed also if the answer is lost.
	 * @param configuration the new configuration
	 * @param owner the owner
	 * @return the extended lock, or empty if it is not held any more
	 */
	Optional<SimpleLock> extend(LockConfiguration configuration, String owner) {
		boolean extended = this.locks.replace(configuration.getName(), owner, owner, timeToLive(configuration));
		return (extended) ? Optional.of(new AtomixLock(this, configuration, owner)) : Optional.empty();
	}

	private static Duration timeToLive(LockConfiguration configuration) {
		Duration lockAtMostFor = configuration.getLockAtMostFor();
		// ShedLock allows zero, a time to live must be positive.
		return (lockAtMostFor.isZero()) ? Duration.ofMillis(1) : lockAtMostFor;
	}

	@Override
	public String toString() {
		return "AtomixLockProvider over " + this.locks;
	}

}
