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

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.util.Assert;

/**
 * {@link ReactiveDiscoveryClient} over the {@link AtomixServiceCatalog instances that
 * this node knows}. It never waits for the cluster.
 *
 * @since 0.1.0
 */
public class AtomixReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final AtomixServiceCatalog catalog;

	private final int order;

	/**
	 * Creates a client.
	 * @param catalog the instances that are known
	 * @param order the order among other clients
	 */
	public AtomixReactiveDiscoveryClient(AtomixServiceCatalog catalog, int order) {
		Assert.notNull(catalog, "'catalog' must not be null");
		this.catalog = catalog;
		this.order = order;
	}

	@Override
	public String description() {
		return AtomixDiscoveryClient.DESCRIPTION;
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Flux.defer(() -> Flux.fromIterable(this.catalog.instances(serviceId)));
	}

	@Override
	public Flux<String> getServices() {
		return Flux.defer(() -> Flux.fromIterable(this.catalog.services()));
	}

	@Override
	public Mono<Void> reactiveProbe() {
		return Mono.fromRunnable(this.catalog::requireCurrent);
	}

	@Override
	public int getOrder() {
		return this.order;
	}

}
