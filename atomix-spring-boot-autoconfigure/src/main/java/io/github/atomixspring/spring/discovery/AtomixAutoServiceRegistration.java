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

import java.util.List;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the application as soon as its web server has a port, and takes it out before
 * anything else is stopped, so that nobody sends it requests it will not answer. An
 * application without a web server is registered if its port was configured.
 *
 * @since 0.1.0
 */
public class AtomixAutoServiceRegistration extends AbstractAutoServiceRegistration<AtomixRegistration>
		implements SmartLifecycle {

	/**
	 * After the web server, and before it waits for the requests under way.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final String MANAGEMENT_NAMESPACE = "management";

	private final AtomixRegistration registration;

	private final boolean portOfWebServer;

	/**
	 * Creates an auto-registration.
	 * @param context the application
	 * @param registry registers it
	 * @param properties the properties of Spring Cloud
	 * @param lifecycles are told of the registration
	 * @param registration what is registered
	 */
	public AtomixAutoServiceRegistration(ApplicationContext context, AtomixServiceRegistry registry,
			AutoServiceRegistrationProperties properties, List<RegistrationLifecycle<AtomixRegistration>> lifecycles,
			AtomixRegistration registration) {
		super(context, registry, properties, lifecycles);
		this.registration = registration;
		this.portOfWebServer = registration.getPort() == 0;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), MANAGEMENT_NAMESPACE)) {
			return;
		}
		if (this.portOfWebServer) {
			this.registration.setPort(event.getWebServer().getPort());
		}
		start();
	}

	@Override
	public void start() {
		if (this.registration.getPort() > 0) {
			super.start();
		}
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	protected AtomixRegistration getRegistration() {
		return this.registration;
	}

	/**
	 * There is none: the management port, where it is another, is told by metadata.
	 */
	@Override
	protected AtomixRegistration getManagementRegistration() {
		throw new UnsupportedOperationException("The management port is not registered");
	}

	@Override
	protected boolean shouldRegisterManagement() {
		return false;
	}

	@Override
	@SuppressWarnings("deprecation")
	protected Object getConfiguration() {
		return this.registration;
	}

	@Override
	protected boolean isEnabled() {
		return true;
	}

}
