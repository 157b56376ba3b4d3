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

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;

import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

/**
 * Loads maps of the cluster as configuration.
 */
class AtomixConfigDataLoader implements ConfigDataLoader<AtomixConfigDataResource> {

	private final Log logger;

	AtomixConfigDataLoader(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(AtomixConfigDataLoader.class);
	}

	@Override
	public ConfigData load(ConfigDataLoaderContext context, AtomixConfigDataResource resource) {
		ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
		if (!bootstrap.isRegistered(ImportedMaps.class)) {
			return ConfigData.EMPTY;
		}
		Map<String, String> entries;
		try {
			entries = ImportedMaps.of(bootstrap).load(resource.map());
		}
		catch (ConfigImportException ex) {
			this.logger.warn(ex.getMessage());
			// An optional location may be missing.
			throw new ConfigDataResourceNotFoundException(resource, ex);
		}
		List<MapPropertySource> sources = List.of(new MapPropertySource(resource.map(), entries));
		return (resource.isProfileSpecific()) ? new ConfigData(sources, ConfigData.Option.PROFILE_SPECIFIC)
				: new ConfigData(sources);
	}

}
