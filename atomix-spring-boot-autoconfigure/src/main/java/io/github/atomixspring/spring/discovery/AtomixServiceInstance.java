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
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.util.Assert;

/**
 * A {@link ServiceInstance} as it was registered. Two are equal if all they tell is.
 *
 * @since 0.1.0
 */
public final class AtomixServiceInstance implements ServiceInstance {

	private final String instanceId;

	private final String serviceId;

	private final String host;

	private final int port;

	private final boolean secure;

	private final Map<String, String> metadata;

	/**
	 * Creates an instance.
	 * @param instanceId the id, unique among all instances
	 * @param serviceId the name of the service
	 * @param host the name or address of the host
	 * @param port the port
	 * @param secure whether it speaks HTTPS
	 * @param metadata what else it tells
	 */
	public AtomixServiceInstance(String instanceId, String serviceId, String host, int port, boolean secure,
			Map<String, String> metadata) {
		Assert.hasText(instanceId, "'instanceId' must not be blank");
		Assert.hasText(serviceId, "'serviceId' must not be blank");
		Assert.hasText(host, "'host' must not be blank");
		Assert.notNull(metadata, "'metadata' must not be null");
		this.instanceId = instanceId;
		this.serviceId = serviceId;
		this.host = host;
		this.port = port;
		this.secure = secure;
		this.metadata = Map.copyOf(metadata);
	}

	@Override
	public String getInstanceId() {
		return this.instanceId;
	}

	@Override
	public String getServiceId() {
		return this.serviceId;
	}

	@Override
	public String getHost() {
		return this.host;
	}

	@Override
	public int getPort() {
		return this.port;
	}

	@Override
	public boolean isSecure() {
		return this.secure;
	}

	@Override
	public String getScheme() {
		return (this.secure) ? "https" : "http";
	}

	@Override
	public URI getUri() {
		boolean bareIpv6 = this.host.indexOf(':') >= 0 && !this.host.startsWith("[");
		return URI.create(getScheme() + "://" + ((bareIpv6) ? "[" + this.host + "]" : this.host) + ":" + this.port);
	}

	@Override
	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AtomixServiceInstance that && this.instanceId.equals(that.instanceId)
				&& this.serviceId.equals(that.serviceId) && this.host.equals(that.host) && this.port == that.port
				&& this.secure == that.secure && this.metadata.equals(that.metadata);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.instanceId, this.serviceId, this.host, this.port, this.secure, this.metadata);
	}

	@Override
	public String toString() {
		return "Instance '" + this.instanceId + "' of service '" + this.serviceId + "' at " + getUri();
	}

}
