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

package io.github.atomixspring.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of all that is on the class path, as its configuration metadata has
 * them.
 */
final class KnownProperties {

	private static final Map<String, String> types = read();

	private KnownProperties() {
	}

	/**
	 * Returns whether a property is there, or a map of which it can be a part.
	 * @param name the name, as in the environment
	 * @return whether it is known
	 */
	static boolean contain(String name) {
		String known = name.replaceAll("\\[\\d+]$", "");
		return types.containsKey(known) || isPartOfMap(known);
	}

	private static boolean isPartOfMap(String name) {
		for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
			String type = types.get(name.substring(0, dot));
			if (type != null) {
				return type.startsWith("java.util.Map<");
			}
		}
		return false;
	}

	private static Map<String, String> read() {
		Map<String, String> types = new HashMap<>();
		JsonMapper mapper = new JsonMapper();
		try {
			ClassLoader loader = KnownProperties.class.getClassLoader();
			for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream stream = url.openStream()) {
					for (JsonNode property : mapper.readTree(stream).path("properties")) {
						types.put(property.path("name").asString(), property.path("type").asString(""));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return types;
	}

}
