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

package io.github.atomixspring.boot.autoconfigure.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.atomixspring.spring.discovery.InstanceStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of service discovery and registration.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "atomix.discovery", ignoreUnknownFields = false)
public class AtomixDiscoveryProperties {

	/**
	 * Whether services are discovered in the cluster, and this one is registered there.
	 */
	private boolean enabled = true;

	/**
	 * Name of the group whose members are the instances of services, the same on all
	 * nodes. Applications that share a cluster and must not see each other have different
	 * ones.
	 */
	private String group = "discovery";

	/**
	 * Whether this application is registered as an instance of its service.
	 */
	private boolean register = true;

	/**
	 * Name of the service of which this application is an instance. By default the name
	 * of the application.
	 */
	private @Nullable String serviceName;

	/**
	 * Id of the instance, unique in the cluster. By default the service name, the host
	 * and the port.
	 */
	private @Nullable String instanceId;

	/**
	 * Name or address of the host by which others reach this application. By default
	 * server.address, or else that of the first network interface that is not loopback.
	 */
	private @Nullable String host;

	/**
	 * Port by which others reach this application. By default that of the web server.
	 */
	private @Nullable Integer port;

	/**
	 * Whether the address of the network interface is registered instead of the name of
	 * the host.
	 */
	private boolean preferIpAddress = false;

	/**
	 * Whether others use HTTPS. By default whether server.ssl is configured.
	 */
	private @Nullable Boolean secure;

	/**
	 * Metadata of the instance.
	 */
	private Map<String, String> metadata = new LinkedHashMap<>();

	/**
	 * Status with which the application is registered.
	 */
	private InstanceStatus initialStatus = InstanceStatus.UP;

	/**
	 * Order among the discovery clients of the application.
	 */
	private int order = 0;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getGroup() {
		return this.group;
	}

	public void setGroup(String group) {
		this.group = group;
	}

	public boolean isRegister() {
		return this.register;
	}

	public void setRegister(boolean register) {
		this.register = register;
	}

	public @Nullable String getServiceName() {
		return this.serviceName;
	}

	public void setServiceName(@Nullable String serviceName) {
		this.serviceName = serviceName;
	}

	public @Nullable String getInstanceId() {
		return this.instanceId;
	}

	public void setInstanceId(@Nullable String instanceId) {
		this.instanceId = instanceId;
	}

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public boolean isPreferIpAddress() {
		return this.preferIpAddress;
	}

	public void setPreferIpAddress(boolean preferIpAddress) {
		this.preferIpAddress = preferIpAddress;
	}

	public @Nullable Boolean getSecure() {
		return this.secure;
	}

	public void setSecure(@Nullable Boolean secure) {
		this.secure = secure;
	}

	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	public void setMetadata(Map<String, String> metadata) {
		this.metadata = metadata;
	}

	public InstanceStatus getInitialStatus() {
		return this.initialStatus;
	}

	public void setInitialStatus(InstanceStatus initialStatus) {
		this.initialStatus = initialStatus;
	}

	public int getOrder() {
		return this.order;
	}

	public void setOrder(int order) {
		this.order = order;
	}

}
