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

package io.github.atomixspring.server;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.link.GrpcTls;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * Protects the server of a member and its connections to the other ones, if TLS is
 * configured.
 */
final class PortSecurity {

	/**
	 * A node has one call for its session and some short ones, a member two for each
	 * group of the consensus, and those of the moment.
	 */
	private static final int MAX_CALLS = 1000;

	/**
	 * How many calls may be taken back within how many seconds on one connection.
	 */
	static final int MAX_RESETS = 1000;

	private static final int RESET_SECONDS = 10;

	private final String node;

	private final @Nullable TlsConfig tls;

	private final @Nullable SslContext context;

	private final List<Member> members;

	private final Supplier<List<String>> joined;

	/**
	 * Creates the protection of a member.
	 * @param config the configuration of the member
	 * @param joined tells the hosts of the members that the cluster has now
	 * @throws ClusterConfigurationException if its TLS cannot be used
	 */
	PortSecurity(ServerConfig config, Supplier<List<String>> joined) {
		this.joined = joined;
		this.node = config.self().id();
		this.members = config.members();
		this.tls = config.tls();
		this.context = (this.tls != null) ? GrpcTls.server(this.tls) : null;
	}

	/**
	 * Protects the connections that Ratis opens.
	 * @param parameters the parameters of its server
	 */
	void apply(Parameters parameters) {
		TlsConfig current = this.tls;
		if (current != null) {
			GrpcConfigKeys.TLS.setConf(parameters,
					GrpcTlsConfig.newBuilder()
						.setKeyManager(new CurrentKeys(current))
						.setTrustManager(new CurrentTrust(current))
						.setMutualTls(true)
						.setSslProvider(SslProvider.JDK)
						.setProtocols(current.protocols())
						.setCipherSuites(current.ciphers())
						.build());
		}
	}

	/**
	 * Protects a server. What it installs sees calls before what was installed until now.
	 * @param builder its builder
	 */
	void apply(NettyServerBuilder builder) {
		builder.handshakeTimeout(Newcomers.PATIENCE_SECONDS, TimeUnit.SECONDS)
			.maxConcurrentCallsPerConnection(MAX_CALLS)
			.maxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
			.protocolNegotiator(new PortNegotiator(this.node, this.context));
		if (this.tls != null) {
			AccessGuard guard = new AccessGuard(this.node, new PeerRoles(this.tls, this.members, this.joined));
			builder.addTransportFilter(guard).intercept(guard);
		}
	}

}
