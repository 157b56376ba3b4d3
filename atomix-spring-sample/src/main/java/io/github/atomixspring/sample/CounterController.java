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

import io.github.atomixspring.Atomix;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replicated counters.
 */
@RestController
@RequestMapping("/counters/{name}")
class CounterController {

	private final Atomix atomix;

	CounterController(Atomix atomix) {
		this.atomix = atomix;
	}

	@GetMapping
	long get(@PathVariable String name) {
		return this.atomix.atomicLong(name).get();
	}

	@PostMapping
	long add(@PathVariable String name, @RequestParam(defaultValue = "1") long delta) {
		return this.atomix.atomicLong(name).addAndGet(delta);
	}

}
