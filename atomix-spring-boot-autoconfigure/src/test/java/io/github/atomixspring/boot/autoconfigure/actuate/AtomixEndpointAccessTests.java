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

package io.github.atomixspring.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Map;

import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.spring.actuate.AtomixOperationDescriptor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.PropertiesEndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationFilter;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.convert.ConversionServiceParameterValueMapper;
import org.springframework.boot.actuate.endpoint.web.EndpointMediaTypes;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpointDiscoverer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.mock;

/**
 * Tests which operations of the endpoint can be reached over the web.
 */
class AtomixEndpointAccessTests {

	private final ApplicationContextRunner contextRunner = TestAtomix.create()
		.contextRunner()
		.withPropertyValues("management.endpoints.web.exposure.include=atomix")
		.withConfiguration(AutoConfigurations.of(AtomixEndpointAutoConfiguration.class));

	@Test
	void onlyReadsByDefault() {
		this.contextRunner.run((context) -> assertThat(operations(context))
			.extracting((operation) -> operation.getRequestPredicate().getHttpMethod())
			.containsExactly(WebEndpointHttpMethod.GET));
	}

	@Test
	void writesWithUnrestrictedAccess() {
		this.contextRunner.withPropertyValues("management.endpoint.atomix.access=UNRESTRICTED").run((context) -> {
			WebOperation write = operations(context).stream()
				.filter((operation) -> operation.getRequestPredicate().getHttpMethod() == WebEndpointHttpMethod.POST)
				.findFirst()
				.orElseThrow();
			assertThat(write.getRequestPredicate().getPath()).isEqualTo("atomix/{operation}");
			Object response = write
				.invoke(new InvocationContext(mock(SecurityContext.class), Map.of("operation", "transfer-leadership")));
			assertThat(response).isInstanceOfSatisfying(WebEndpointResponse.class, (answer) -> {
				assertThat(answer.getStatus()).isEqualTo(409);
				assertThat(((AtomixOperationDescriptor) answer.getBody()).message()).contains("is a client");
			});
		});
	}

	@Test
	void limitOfAllEndpointsIsKept() {
		this.contextRunner
			.withPropertyValues("management.endpoint.atomix.access=UNRESTRICTED",
					"management.endpoints.access.max-permitted=READ_ONLY")
			.run((context) -> assertThat(operations(context)).hasSize(1));
	}

	private static List<WebOperation> operations(ApplicationContext context) {
		return new WebEndpointDiscoverer(context,
				new ConversionServiceParameterValueMapper(ApplicationConversionService.getSharedInstance()),
				EndpointMediaTypes.DEFAULT, List.of(), List.of(), List.of(), List.of(),
				List.of(OperationFilter.byAccess(new PropertiesEndpointAccessResolver(context.getEnvironment()))))
			.getEndpoints()
			.stream()
			.flatMap((endpoint) -> endpoint.getOperations().stream())
			.toList();
	}

}
