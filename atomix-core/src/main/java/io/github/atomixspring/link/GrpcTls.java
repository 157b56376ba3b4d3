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

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.TlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS of connections over gRPC.
 */
public final class GrpcTls {

	private GrpcTls() {
	}

	/**
	 * Has a channel speak TLS, or not. With TLS it checks that the certificate of the
	 * other end is for the host it was opened to.
	 * @param builder the builder of the channel
	 * @param context the context of {@link #client(TlsConfig)}, or null for plain text
	 * @return the builder
	 */
	public static NettyChannelBuilder apply(NettyChannelBuilder builder, @Nullable SslContext context) {
		return (context != null) ? builder.useTransportSecurity().sslContext(context) : builder.usePlaintext();
	}

	/**
	 * Returns the context for the end that opens connections.
	 * @param tls the configuration, or null for plain text
	 * @return the context, or null
	 * @throws ClusterConfigurationException if there is no such protocol or cipher suite
	 */
	public static @Nullable SslContext client(@Nullable TlsConfig tls) {
		return (tls != null) ? new FreshSslContext(tls, true) : null;
	}

	/**
	 * Returns the context for the end that accepts connections, which demands the
	 * certificate of the other one.
	 * @param tls the configuration
	 * @return the context
	 * @throws ClusterConfigurationException if there is no such protocol or cipher suite
	 */
	public static SslContext server(TlsConfig tls) {
		return new FreshSslContext(tls, false);
	}

}
