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
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import io.github.atomixspring.cluster.TlsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the key from the present credentials of a node, for Ratis, which makes its
 * contexts only once. A handshake during which they are replaced may fail; the connection
 * is tried again.
 */
final class CurrentKeys extends X509ExtendedKeyManager {

	private final TlsConfig tls;

	CurrentKeys(TlsConfig tls) {
		this.tls = tls;
	}

	private X509ExtendedKeyManager current() {
		return this.tls.credentials().keyManager();
	}

	@Override
	public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
		return current().chooseEngineClientAlias(types, issuers, engine);
	}

	@Override
	public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
		return current().chooseEngineServerAlias(type, issuers, engine);
	}

	@Override
	public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
		return current().getClientAliases(type, issuers);
	}

	@Override
	public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
		return current().chooseClientAlias(types, issuers, socket);
	}

	@Override
	public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
		return current().getServerAliases(type, issuers);
	}

	@Override
	public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
		return current().chooseServerAlias(type, issuers, socket);
	}

	@Override
	public X509Certificate @Nullable [] getCertificateChain(String alias) {
		return current().getCertificateChain(alias);
	}

	@Override
	public @Nullable PrivateKey getPrivateKey(String alias) {
		return current().getPrivateKey(alias);
	}

}
