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

package io.github.atomixspring.boot.autoconfigure.config;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * The entries of a map as properties, which tell where they come from.
 */
class MapPropertySource extends EnumerablePropertySource<Map<String, String>> implements OriginLookup<String> {

	private final String map;

	MapPropertySource(String map, Map<String, String> entries) {
		super(AtomixConfigDataLocationResolver.PREFIX + map, entries);
		this.map = map;
	}

	@Override
	public String[] getPropertyNames() {
		return StringUtils.toStringArray(getSource().keySet());
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return getSource().get(name);
	}

	@Override
	public @Nullable Origin getOrigin(String key) {
		return (getSource().containsKey(key)) ? new EntryOrigin(this.map, key) : null;
	}

	/**
	 * An entry of a map.
	 *
	 * @param map the name of the map
	 * @param key the key
	 */
	private record EntryOrigin(String map, String key) implements Origin {

		@Override
		public String toString() {
			return "key '" + this.key + "' of Atomix map '" + this.map + "'";
		}

	}

}
