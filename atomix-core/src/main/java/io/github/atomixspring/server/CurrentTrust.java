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

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import io.github.atomixspring.cluster.TlsConfig;

/**
 * Checks certificates by the present credentials of a node, for Ratis, which makes its
 * contexts only once.
 */
final class CurrentTrust extends X509ExtendedTrustManager {

	private final TlsConfig tls;

	CurrentTrust(TlsConfig tls) {
		this.tls = tls;
	}

	private X509ExtendedTrustManager current() {
		return this.tls.credentials().trustManager();
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
		current().checkClientTrusted(chain, type, socket);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
		current().checkServerTrusted(chain, type, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		current().checkClientTrusted(chain, type, engine);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
		current().checkServerTrusted(chain, type, engine);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
		current().checkClientTrusted(chain, type);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
		current().checkServerTrusted(chain, type);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return current().getAcceptedIssuers();
	}

}
