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

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A {@link Registration} of an instance of a service. Its port may be known later than
 * the rest; it is registered as it is at that moment.
 *
 * @since 0.1.0
 */
public class AtomixRegistration implements Registration {

	private final String serviceId;

	private final @Nullable String instanceId;

	private final String host;

	private final boolean secure;

	private final Map<String, String> metadata;

	private final InstanceStatus initialStatus;

	private volatile int port;

	/**
	 * Creates a registration from a builder.
	 * @param builder the builder
	 */
	protected AtomixRegistration(Builder builder) {
		this.serviceId = builder.serviceId;
		this.instanceId = builder.instanceId;
		this.host = builder.host;
		this.port = builder.port;
		this.secure = builder.secure;
		this.metadata = builder.metadata;
		this.initialStatus = builder.initialStatus;
	}

	/**
	 * Returns a builder of a registration that is up, speaks HTTP and has no metadata.
	 * @param serviceId the name of the service
	 * @param host the name or address of the host
	 * @return the builder
	 */
	public static Builder builder(String serviceId, String host) {
		return new Builder(serviceId, host);
	}

	/**
	 * Returns the id that was given, or else one of the name, the host and the port.
	 */
	@Override
	public String getInstanceId() {
		return (this.instanceId != null) ? this.instanceId : this.serviceId + ":" + this.host + ":" + this.port;
	}

	@Override
	public String getServiceId() {
		return this.serviceId;
	}

	@Override
	public String getHost() {
		return this.host;
	}

	/**
	 * Returns the port.
	 * @return the port, or 0 while it is not known
	 */
	@Override
	public int getPort() {
		return this.port;
	}

	/**
	 * Sets the port. What is registered already stays as it is.
	 * @param port the port
	 */
	public void setPort(int port) {
		this.port = port;
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public String getScheme() {
		return toInstance().getScheme();
	}

	@Override
	public URI getUri() {
		return toInstance().getUri();
	}

	@Override
	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	/**
	 * Returns the status with which it is registered.
	 * @return the status
	 */
	public InstanceStatus getInitialStatus() {
		return this.initialStatus;
	}

	/**
	 * Returns what others see of it.
	 * @return the instance
	 */
	AtomixServiceInstance toInstance() {
		return new AtomixServiceInstance(getInstanceId(), this.serviceId, this.host, this.port, this.secure,
				this.metadata);
	}

	@Override
	public String toString() {
		return toInstance().toString();
	}

	/**
	 * Builds a registration.
	 */
	public static final class Builder {

		private final String serviceId;

		private final String host;

		private @Nullable String instanceId;

		private int port;

		private boolean secure;

		private Map<String, String> metadata = Map.of();

		private InstanceStatus initialStatus = InstanceStatus.UP;

		private Builder(String serviceId, String host) {
			Assert.hasText(serviceId, "'serviceId' must not be blank");
			Assert.hasText(host, "'host' must not be blank");
			this.serviceId = serviceId;
			this.host = host;
		}

		/**
		 * Sets the id, unique among all instances. By default it is made of the name, the
		 * host and the port.
		 * @param newInstanceId the id, or null or blank for the default
		 * @return this builder
		 */
		public Builder instanceId(@Nullable String newInstanceId) {
			this.instanceId = (StringUtils.hasText(newInstanceId)) ? newInstanceId : null;
			return this;
		}

		/**
		 * Sets the port.
		 * @param newPort the port, or 0 if it is not known yet
		 * @return this builder
		 */
		public Builder port(int newPort) {
			this.port = newPort;
			return this;
		}

		/**
		 * Sets whether it speaks HTTPS.
		 * @param newSecure whether it does
		 * @return this builder
		 */
		public Builder secure(boolean newSecure) {
			this.secure = newSecure;
			return this;
		}

		/**
		 * Sets what else it tells.
		 * @param newMetadata the metadata
		 * @return this builder
		 */
		public Builder metadata(Map<String, String> newMetadata) {
			this.metadata = Map.copyOf(newMetadata);
			return this;
		}

		/**
		 * Sets the status with which it is registered.
		 * @param newInitialStatus the status
		 * @return this builder
		 */
		public Builder initialStatus(InstanceStatus newInitialStatus) {
			Assert.notNull(newInitialStatus, "'initialStatus' must not be null");
			this.initialStatus = newInitialStatus;
			return this;
		}

		/**
		 * Builds the registration.
		 * @return the registration
		 */
		public AtomixRegistration build() {
			return new AtomixRegistration(this);
		}

	}

}
