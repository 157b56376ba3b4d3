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

package io.github.atomixspring.link;

import java.util.concurrent.Executor;

import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallExecutorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the frames of links handled by the threads of their connections: the gateway only
 * queues them, which costs less than handing them to another thread would. Everything
 * else on the port keeps its executor.
 */
public final class LinkExecutor implements ServerCallExecutorSupplier {

	@Override
	public <Q, R> @Nullable Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
		return GrpcFrames.SERVICE.equals(call.getMethodDescriptor().getServiceName()) ? Runnable::run : null;
	}

}
