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

import java.util.Optional;

import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.Primitive;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A map that all nodes share.
 */
@RestController
@RequestMapping("/map/{key}")
class MapController {

	private final DistributedMap<String, String> map;

	MapController(@Primitive("sample") DistributedMap<String, String> map) {
		this.map = map;
	}

	@GetMapping
	ResponseEntity<String> get(@PathVariable String key) {
		return ResponseEntity.of(Optional.ofNullable(this.map.get(key)));
	}

	@PutMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void put(@PathVariable String key, @RequestBody String value) {
		this.map.put(key, value);
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable String key) {
		this.map.remove(key);
	}

}
