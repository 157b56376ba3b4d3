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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads manifests as strictly as Kubernetes does: no key that there is not, no key twice,
 * and no number or boolean where a text has to be.
 */
final class Manifests {

	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.annotationIntrospector(new NoOtherProperties())
		.withCoercionConfig(LogicalType.Textual,
				(config) -> config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
		.build();

	private final List<HasMetadata> all = new ArrayList<>();

	private Manifests(List<HasMetadata> all) {
		this.all.addAll(all);
	}

	/**
	 * Reads manifests.
	 * @param yaml one document for each
	 * @return the manifests
	 * @throws IllegalArgumentException if one has not the form of its kind
	 */
	static Manifests read(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(yaml);
		return new Manifests(StreamSupport.stream(documents.spliterator(), false)
			.map((document) -> mapper.convertValue(document, HasMetadata.class))
			.toList());
	}

	List<HasMetadata> all() {
		return this.all;
	}

	/**
	 * Returns the manifest of a kind.
	 * @param <T> the kind
	 * @param type the kind, of which there has to be one
	 * @return the manifest
	 */
	<T extends HasMetadata> T the(Class<T> type) {
		List<T> found = this.all.stream().filter(type::isInstance).map(type::cast).toList();
		if (found.size() != 1) {
			throw new AssertionError("There are " + found.size() + " manifests of the kind " + type.getSimpleName());
		}
		return found.get(0);
	}

	/**
	 * Keeps the models from taking in what they do not know.
	 */
	private static final class NoOtherProperties extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return false;
		}

	}

}
