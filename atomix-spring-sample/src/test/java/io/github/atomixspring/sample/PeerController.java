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

package io.github.atomixspring.sample;

import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * Asks the processes of the sample by the name of their service, where Spring Cloud is on
 * the class path.
 */
@RestController
@Profile(PeerController.PROFILE)
class PeerController {

	static final String PROFILE = "peers";

	private final RestClient peers;

	PeerController(RestClient.Builder balanced) {
		this.peers = balanced.baseUrl("http://atomix-sample").build();
	}

	@Bean
	@LoadBalanced
	static RestClient.Builder balanced() {
		return RestClient.builder();
	}

	@GetMapping("/pid")
	long pid() {
		return ProcessHandle.current().pid();
	}

	@GetMapping("/peer/pid")
	String peer() {
		return String.valueOf(this.peers.get().uri("/pid").retrieve().body(String.class));
	}

}
