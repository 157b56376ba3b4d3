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

package io.github.atomixspring.spring.discovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.spring.registration.StandingRegistration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * An instance that this node keeps registered as an ephemeral member of the group. What a
 * member tells cannot be changed, so a change is a new member, and the old one leaves
 * after that: the instance is never missing in between.
 */
final class Enrolment {

	private static final Log logger = LogFactory.getLog(Enrolment.class);

	private final DistributedGroup group;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * What was registered and not taken back, the latest at the end.
	 */
	private final Deque<StandingRegistration<LocalGroupMember>> members = new ArrayDeque<>();

	private RegisteredInstance told;

	Enrolment(DistributedGroup group, RegisteredInstance instance) {
		this.group = group;
		this.told = instance;
		tell(instance);
	}

	InstanceStatus status() {
		this.lock.lock();
		try {
			return this.told.status();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Changes the status.
	 * @param status the status
	 */
	void status(InstanceStatus status) {
		this.lock.lock();
		try {
			if (status != this.told.status()) {
				tell(new RegisteredInstance(this.told.instance(), status));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells the others of the instance from now on.
	 * @param instance the instance
	 */
	void tell(RegisteredInstance instance) {
		Map<String, String> metadata = instance.toMetadata();
		StandingRegistration<LocalGroupMember> member = new StandingRegistration<>(instance.instance().toString(),
				() -> this.group.async().join(metadata), (joined) -> joined.async().leave());
		this.lock.lock();
		try {
			this.told = instance;
			// Of two members the later one counts: what is under way must not come after.
			CompletableFuture<?>[] underWay = this.members.stream()
				.filter((earlier) -> !earlier.isRegistered())
				.map(StandingRegistration::close)
				.toArray(CompletableFuture<?>[]::new);
			this.members.add(member);
			CompletableFuture.allOf(underWay).whenComplete((nothing, failure) -> member.open());
		}
		finally {
			this.lock.unlock();
		}
		member.registered().thenRun(() -> {
			logger.info(instance.instance() + " is registered as " + instance.status());
			retireBefore(member);
		});
	}

	private void retireBefore(StandingRegistration<LocalGroupMember> latest) {
		this.lock.lock();
		try {
			while (this.members.contains(latest) && this.members.getFirst() != latest) {
				this.members.removeFirst().close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the instance back.
	 * @return completes when the others are told
	 */
	CompletableFuture<Void> close() {
		this.lock.lock();
		try {
			CompletableFuture<?>[] closed = this.members.stream()
				.map(StandingRegistration::close)
				.toArray(CompletableFuture<?>[]::new);
			this.members.clear();
			return CompletableFuture.allOf(closed);
		}
		finally {
			this.lock.unlock();
		}
	}

}
