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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.group.GroupEvent;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.group.GroupView;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.registration.StandingRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * The instances of all services, as this node knows them by the events of their group. No
 * method waits for the cluster, and while the node is cut off the instances known last
 * stay. A {@link HeartbeatEvent} is published whenever an instance came, went or changed.
 * All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public class AtomixServiceCatalog implements SmartLifecycle {

	/**
	 * The name of the group, unless another is given.
	 */
	public static final String DEFAULT_GROUP = "discovery";

	/**
	 * Soon after the node itself.
	 */
	static final int PHASE = Integer.MIN_VALUE / 2 + 1000;

	private final Atomix atomix;

	private final String group;

	private final ApplicationEventPublisher publisher;

	private volatile Instances instances = new Instances(Map.of(), Map.of());

	private volatile boolean read;

	private volatile @Nullable StandingRegistration<Registration> subscription;

	/**
	 * Creates a catalog that is empty until it is started.
	 * @param atomix the node
	 * @param group the name of the group whose members are the instances
	 * @param publisher publishes the events
	 */
	public AtomixServiceCatalog(Atomix atomix, String group, ApplicationEventPublisher publisher) {
		Assert.notNull(atomix, "'atomix' must not be null");
		Assert.hasText(group, "'group' must not be blank");
		Assert.notNull(publisher, "'publisher' must not be null");
		this.atomix = atomix;
		this.group = group;
		this.publisher = publisher;
	}

	/**
	 * Returns the names of the services that have an instance that is up.
	 * @return the names
	 */
	public List<String> services() {
		return List.copyOf(this.instances.up.keySet());
	}

	/**
	 * Returns the instances of a service that are up, in the order of their registration.
	 * @param serviceId the name of the service
	 * @return the instances
	 */
	public List<ServiceInstance> instances(String serviceId) {
		return this.instances.up.getOrDefault(serviceId, List.of());
	}

	/**
	 * Returns the status of an instance.
	 * @param instanceId the id
	 * @return the status, or null if there is no such instance
	 */
	public @Nullable InstanceStatus status(String instanceId) {
		RegisteredInstance instance = this.instances.all.get(instanceId);
		return (instance != null) ? instance.status() : null;
	}

	/**
	 * Checks that what is known is what the cluster knows, apart from the time that
	 * events take.
	 * @throws IllegalStateException if the node has no session with the cluster, or has
	 * not heard of the instances yet
	 */
	public void requireCurrent() {
		SessionState state = this.atomix.session().state();
		Assert.state(state == SessionState.CONNECTED,
				() -> "Instances of services may be out of date: the session of the node is " + state);
		Assert.state(this.read, "Instances of services are not known yet");
	}

	@Override
	public void start() {
		StandingRegistration<Registration> opened = StandingRegistration.ofListener(
				"Listener of the instances in group '" + this.group + "'",
				() -> this.atomix.group(this.group).async().addListener(this::onEvent));
		this.subscription = opened;
		opened.open();
	}

	@Override
	public void stop() {
		StandingRegistration<Registration> closed = this.subscription;
		this.subscription = null;
		this.read = false;
		if (closed != null) {
			closed.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.subscription != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private void onEvent(GroupEvent event) {
		if (!isRunning()) {
			return;
		}
		Instances before = this.instances;
		Instances now = Instances.of(event.view());
		this.instances = now;
		this.read = true;
		if (!now.up.equals(before.up)) {
			this.publisher.publishEvent(new HeartbeatEvent(this, event.view().version()));
		}
	}

	/**
	 * The instances at one moment.
	 *
	 * @param all all instances, by id
	 * @param up those that are up, by service
	 */
	private record Instances(Map<String, RegisteredInstance> all, Map<String, List<ServiceInstance>> up) {

		static Instances of(GroupView view) {
			// While an instance changes its status, and after a restart, two members are
			// the same instance: the one that joined last counts.
			Map<String, RegisteredInstance> all = new LinkedHashMap<>();
			for (GroupMember member : view.liveMembers()) {
				RegisteredInstance registered = RegisteredInstance.of(member);
				if (registered != null) {
					all.put(registered.instance().getInstanceId(), registered);
				}
			}
			Map<String, List<ServiceInstance>> up = new LinkedHashMap<>();
			for (RegisteredInstance registered : all.values()) {
				if (registered.status() == InstanceStatus.UP) {
					up.computeIfAbsent(registered.instance().getServiceId(), (service) -> new ArrayList<>())
						.add(registered.instance());
				}
			}
			up.replaceAll((service, instances) -> List.copyOf(instances));
			return new Instances(all, up);
		}

	}

}
