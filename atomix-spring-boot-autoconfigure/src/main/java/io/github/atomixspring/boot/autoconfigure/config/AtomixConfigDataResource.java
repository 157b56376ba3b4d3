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

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * A map of the cluster as {@link ConfigDataResource}. Two are equal if they are the same
 * map for the same profile.
 *
 * @since 0.1.0
 */
public class AtomixConfigDataResource extends ConfigDataResource {

	private final String map;

	private final @Nullable String profile;

	/**
	 * Creates a resource.
	 * @param map the name of the map
	 * @param profile the profile for which it is, or null for all
	 */
	AtomixConfigDataResource(String map, @Nullable String profile) {
		this.map = map;
		this.profile = profile;
	}

	/**
	 * Returns the name of the map.
	 * @return the name
	 */
	String map() {
		return this.map;
	}

	/**
	 * Returns whether it is for one profile only.
	 * @return whether it is
	 */
	boolean isProfileSpecific() {
		return this.profile != null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AtomixConfigDataResource that && this.map.equals(that.map)
				&& Objects.equals(this.profile, that.profile);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.map, this.profile);
	}

	@Override
	public String toString() {
		return "Atomix map '" + this.map + "'";
	}

}
