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

import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.cluster.TlsCredentials;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.netty.buffer.ByteBufAllocator;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/**
 * Makes a context of its own for each connection, with the credentials of that moment.
 * <p>
 * A context that serves several connections lets the later ones take over the session of
 * an earlier one, which looks at no certificate: neither would credentials that were
 * replaced count, nor that a certificate has expired.
 */
final class FreshSslContext extends SslContext {

	private final TlsConfig tls;

	private final boolean client;

	/**
	 * Answers what is the same for all connections.
	 */
	private final SslContext pattern;

	/**
	 * Creates a context.
	 * @param tls what the contexts are made of
	 * @param client whether it is for the end that opens connections
	 * @throws ClusterConfigurationException if there is no such protocol or cipher suite
	 */
	FreshSslContext(TlsConfig tls, boolean client) {
		this.tls = tls;
		this.client = client;
		try {
			this.pattern = build();
			this.pattern.newEngine(ByteBufAllocator.DEFAULT);
		}
		catch (IllegalArgumentException | SSLException ex) {
			throw new ClusterConfigurationException("TLS cannot be used with the protocols " + tls.protocols()
					+ " and the ciphers " + tls.ciphers() + " (none means the default): " + ex.getMessage(), ex);
		}
	}

	private SslContext build() throws SSLException {
		TlsCredentials credentials = this.tls.credentials();
		SslContextBuilder builder = (this.client) ? SslContextBuilder.forClient().keyManager(credentials.keyManager())
				: SslContextBuilder.forServer(credentials.keyManager()).clientAuth(ClientAuth.REQUIRE);
		// Not the native one: it is not there on every system, and knows other names of
		// ciphers.
		GrpcSslContexts.configure(builder.trustManager(credentials.trustManager()), SslProvider.JDK);
		if (!this.tls.protocols().isEmpty()) {
			builder.protocols(this.tls.protocols());
		}
		if (!this.tls.ciphers().isEmpty()) {
			builder.ciphers(this.tls.ciphers());
		}
		return builder.build();
	}

	private SslContext fresh() {
		try {
			return build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("The credentials cannot be used: " + ex.getMessage(), ex);
		}
	}

	@Override
	public boolean isClient() {
		return this.client;
	}

	@Override
	public List<String> cipherSuites() {
		return this.pattern.cipherSuites();
	}

	// The base class leaves no other choice.
	@SuppressWarnings("deprecation")
	@Override
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.pattern.applicationProtocolNegotiator();
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		return fresh().newEngine(allocator);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
		return fresh().newEngine(allocator, host, port);
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.pattern.sessionContext();
	}

}
