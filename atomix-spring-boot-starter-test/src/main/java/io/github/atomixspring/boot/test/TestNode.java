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

package io.github.atomixspring.boot.test;

import java.util.Map;

import org.springframework.beans.factory.DisposableBean;

/**
 * What the node of one application context needs of the machine: a port and a directory
 * that no other context has.
 */
final class TestNode implements DisposableBean {

	private static final String HOST = "127.0.0.1";

	private static final String ID = "n1";

	private final ReservedPort port = ReservedPort.reserve();

	private final TemporaryDirectory directory = TemporaryDirectory.create();

	/**
	 * Returns the properties that make the node of an application a cluster of its own,
	 * whatever the application is configured to be.
	 * @return the properties
	 */
	Map<String, Object> properties() {
		String address = HOST + ":" + this.port.number();
		return Map.of("atomix.enabled", true, "atomix.mode", "replica", "atomix.cluster.members", ID + "=" + address,
				"atomix.node.id", ID, "atomix.node.address", address, "atomix.node.bind-host", HOST,
				"atomix.storage.directory", this.directory.path().toString());
	}

	@Override
	public void destroy() {
		this.directory.close();
		this.port.close();
	}

}
