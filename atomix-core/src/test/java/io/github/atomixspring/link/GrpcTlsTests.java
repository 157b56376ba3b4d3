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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.cluster.TlsCredentials;
import io.github.atomixspring.testing.TestAuthority;
import org.apache.ratis.thirdparty.io.grpc.Server;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests of {@link GrpcTls} with the sockets of the JDK at the other end.
 */
class GrpcTlsTests {

	private final TestAuthority authority = new TestAuthority("authority");

	private final TlsCredentials client = this.authority.issue("client");

	private Server server;

	private int start(TlsConfig tls) throws IOException {
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sslContext(GrpcTls.server(tls))
			.build()
			.start();
		return this.server.getPort();
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.shutdownNow();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void eachConnectionIsCheckedAnewByThePresentCredentials(String protocol) throws Exception {
		X509ExtendedTrustManager trust = trust();
		TlsConfig tls = TlsConfig
			.of(TlsCredentials.of(new KeyManager[] { this.client.keyManager() }, new TrustManager[] { trust }));
		int port = start(tls);
		SSLContext context = context();
		connect(context, port, protocol);
		connect(context, port, protocol);
		connect(context, port, protocol);
		then(trust).should(times(3)).checkClientTrusted(any(), any(), any(SSLEngine.class));
		TlsCredentials next = this.authority.issue("next");
		X509ExtendedTrustManager nextTrust = trust();
		tls.replace(TlsCredentials.of(new KeyManager[] { next.keyManager() }, new TrustManager[] { nextTrust }));
		assertThat(connect(context, port, protocol)).isEqualTo(next.certificates().get(0));
		then(trust).should(times(3)).checkClientTrusted(any(), any(), any(SSLEngine.class));
		then(nextTrust).should().checkClientTrusted(any(), any(), any(SSLEngine.class));
	}

	@ParameterizedTest
	@CsvSource({ "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLSv1.3, TLS_AES_256_GCM_SHA384" })
	void protocolsAndCiphersAreThoseThatAreConfigured(String protocol, String cipher) throws Exception {
		int port = start(TlsConfig.of(this.client).withProtocols(List.of(protocol)).withCiphers(List.of(cipher)));
		try (SSLSocket socket = open(context(), port)) {
			socket.startHandshake();
			assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
			assertThat(socket.getSession().getCipherSuite()).isEqualTo(cipher);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLSv9, TLS_AES_256_GCM_SHA384", "TLSv1.3, TLS_NO_SUCH" })
	void protocolsAndCiphersThatDoNotExistAreNamed(String protocol, String cipher) {
		TlsConfig tls = TlsConfig.of(this.client).withProtocols(List.of(protocol)).withCiphers(List.of(cipher));
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> GrpcTls.server(tls))
			.withMessageContaining(protocol)
			.withMessageContaining(cipher);
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> GrpcTls.client(tls));
	}

	private static X509ExtendedTrustManager trust() {
		X509ExtendedTrustManager trust = mock(X509ExtendedTrustManager.class);
		given(trust.getAcceptedIssuers()).willReturn(new X509Certificate[0]);
		return trust;
	}

	private SSLContext context() throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] { this.client.keyManager() }, this.authority.trust().getTrustManagers(), null);
		return context;
	}

	private static SSLSocket open(SSLContext context, int port) throws IOException {
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
		return socket;
	}

	/**
	 * Connects, and waits for the first byte of the server, with which its part of the
	 * handshake is over.
	 */
	private static X509Certificate connect(SSLContext context, int port, String protocol) throws IOException {
		try (SSLSocket socket = open(context, port)) {
			socket.setEnabledProtocols(new String[] { protocol });
			socket.startHandshake();
			assertThat(socket.getInputStream().read()).isNotNegative();
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
	}

}
