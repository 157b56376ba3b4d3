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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.session.SessionState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.util.Assert;

/**
 * {@link ServiceRegistry} whose registrations are ephemeral members of a group: they are
 * there as long as the session of this node is, and come back by themselves in its next
 * session. All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public class AtomixServiceRegistry implements ServiceRegistry<AtomixRegistration> {

	/**
	 * The status of a registration that nobody knows of.
	 */
	public static final String UNKNOWN_STATUS = "UNKNOWN";

	/**
	 * How long a departure is waited for. A node that stops leaves with its session, too.
	 */
	private static final Duration DEPARTURE = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(AtomixServiceRegistry.class);

	private final Atomix atomix;

	private final String group;

	private final AtomixServiceCatalog catalog;

	private final Map<String, Enrolment> enrolments = new ConcurrentHashMap<>();

	/**
	 * Creates a registry.
	 * @param atomix the node
	 * @param group the name of the group whose members are the instances
	 * @param catalog the instances that are known
	 */
	public AtomixServiceRegistry(Atomix atomix, String group, AtomixServiceCatalog catalog) {
		Assert.notNull(atomix, "'atomix' must not be null");
		Assert.hasText(group, "'group' must not be blank");
		Assert.notNull(catalog, "'catalog' must not be null");
		this.atomix = atomix;
		this.group = group;
		this.catalog = catalog;
	}

	/**
	 * Registers an instance with its initial status, or tells what has changed of one
	 * that is registered. Does not wait for the cluster: the registration is made as soon
	 * as it can be.
	 * @param registration the registration
	 */
	@Override
	public void register(@Nullable AtomixRegistration registration) {
		Assert.notNull(registration, "'registration' must not be null");
		Assert.isTrue(registration.getPort() > 0, () -> registration + " has no port");
		RegisteredInstance instance = new RegisteredInstance(registration.toInstance(),
				registration.getInitialStatus());
		this.enrolments.compute(registration.getInstanceId(), (id, present) -> {
			if (present == null) {
				return new Enrolment(this.atomix.group(this.group), instance);
			}
			present.tell(instance);
			return present;
		});
	}

	/**
	 * Takes a registration of this registry back and waits until the others know, though
	 * not longer than five seconds, and not at all while the cluster cannot be reached.
	 * Does nothing if there is none.
	 * @param registration the registration
	 */
	@Override
	public void deregister(@Nullable AtomixRegistration registration) {
		Assert.notNull(registration, "'registration' must not be null");
		Enrolment enrolment = this.enrolments.remove(registration.getInstanceId());
		if (enrolment != null) {
			await(enrolment.close());
		}
	}

	/**
	 * Takes all registrations back. Others can be made after it.
	 */
	@Override
	public void close() {
		List<String> ids = List.copyOf(this.enrolments.keySet());
		await(CompletableFuture.allOf(ids.stream().map(this::remove).toArray(CompletableFuture<?>[]::new)));
	}

	private CompletableFuture<Void> remove(String id) {
		Enrolment enrolment = this.enrolments.remove(id);
		return (enrolment != null) ? enrolment.close() : CompletableFuture.completedFuture(null);
	}

	private void await(CompletableFuture<Void> departure) {
		if (this.atomix.session().state() != SessionState.CONNECTED) {
			// Nobody can be told now, and what the node has registered ends with its
			// session.
			return;
		}
		try {
			departure.get(DEPARTURE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("Instance of a service is not taken back yet and stays at most as long as the session: " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Sets the status of a registration of this registry. Does not wait for the cluster.
	 * @param registration the registration
	 * @param status the name of an {@link InstanceStatus}, in any case
	 * @throws IllegalArgumentException if there is no such status
	 * @throws IllegalStateException if it is not registered here
	 */
	@Override
	public void setStatus(AtomixRegistration registration, String status) {
		Assert.notNull(registration, "'registration' must not be null");
		Assert.hasText(status, "'status' must not be blank");
		InstanceStatus parsed = parse(status);
		Enrolment enrolment = this.enrolments.get(registration.getInstanceId());
		Assert.state(enrolment != null, () -> registration + " is not registered by this application");
		enrolment.status(parsed);
	}

	private static InstanceStatus parse(String status) {
		try {
			return InstanceStatus.valueOf(status.trim().toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"There is no status '" + status + "': use one of " + List.of(InstanceStatus.values()), ex);
		}
	}

	/**
	 * Returns the status of a registration, of this application or of another. Does not
	 * ask the cluster.
	 * @return the name of an {@link InstanceStatus}, or {@link #UNKNOWN_STATUS}
	 */
	@Override
	@SuppressWarnings("unchecked")
	public <T> T getStatus(AtomixRegistration registration) {
		Assert.notNull(registration, "'registration' must not be null");
		Enrolment enrolment = this.enrolments.get(registration.getInstanceId());
		InstanceStatus status = (enrolment != null) ? enrolment.status()
				: this.catalog.status(registration.getInstanceId());
		return (T) ((status != null) ? status.name() : UNKNOWN_STATUS);
	}

}
