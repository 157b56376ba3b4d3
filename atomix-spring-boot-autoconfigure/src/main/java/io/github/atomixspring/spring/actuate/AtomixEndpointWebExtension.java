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

package io.github.atomixspring.spring.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of {@link AtomixEndpoint}: tells the
 * outcome of an operation by the status of the response, too.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = AtomixEndpoint.class)
public class AtomixEndpointWebExtension {

	private final AtomixEndpoint endpoint;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint
	 */
	public AtomixEndpointWebExtension(AtomixEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Carries out an operation.
	 * @param operation the operation
	 * @param name the name of a lock or of a backup, or null
	 * @param token the fencing token of the holder of the lock, or null
	 * @param member the node id of a member, or {@code id=host:port} of one to add, or
	 * null
	 * @param force whether to remove a member although there may be no majority without
	 * it, or to bring a backup back in the place of what is there; null for no
	 * @param partition the number of the partition whose leadership is handed over, or
	 * null for all that this member leads
	 * @return what came of it
	 */
	@WriteOperation
	public WebEndpointResponse<AtomixOperationDescriptor> perform(@Selector AtomixOperation operation,
			@Nullable String name, @Nullable Long token, @Nullable String member, @Nullable Boolean force,
			@Nullable Integer partition) {
		AtomixOperationDescriptor result = this.endpoint.perform(operation, name, token, member, force, partition);
		return new WebEndpointResponse<>(result, switch (result.outcome()) {
			case DONE -> WebEndpointResponse.STATUS_OK;
			case INVALID -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case REFUSED -> 409;
			case UNAVAILABLE -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
			case UNKNOWN -> 504;
			case FAILED -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
		});
	}

}
