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

package io.github.atomixspring.cluster;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.github.atomixspring.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link TlsCredentials} and {@link TlsConfig}.
 */
class TlsCredentialsTests {

	private final TestAuthority authority = new TestAuthority("authority");

	private final TlsCredentials credentials = this.authority.issue("n1", "n1.example");

	@Test
	void tellWhoTheNodeIsAndNothingElse() {
		assertThat(this.credentials.certificates()).singleElement()
			.extracting((certificate) -> certificate.getSubjectX500Principal().getName())
			.isEqualTo("CN=n1");
		assertThat(this.credentials).hasToString("TlsCredentials of [CN=n1]");
		assertThat(TlsConfig.of(this.credentials)).hasToString("TlsConfig with TlsCredentials of [CN=n1]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SunX509", "NewSunX509" })
	void needAKey(String algorithm) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(algorithm);
		keys.init(store, null);
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> TlsCredentials.of(keys, this.authority.trust()))
			.withMessageContaining("TLS needs a key");
	}

	@Test
	void needManagersThatSeeTheConnection() {
		TrustManager[] simple = { mock(X509TrustManager.class) };
		KeyManager[] keys = { this.credentials.keyManager() };
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> TlsCredentials.of(keys, simple))
			.withMessageContaining("X509ExtendedTrustManager");
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> TlsCredentials.of(new KeyManager[0], this.authority.trust().getTrustManagers()))
			.withMessageContaining("X509ExtendedKeyManager");
	}

	@Test
	void areReplacedForAllThatShareThem() {
		TlsConfig tls = TlsConfig.of(this.credentials);
		TlsConfig strict = tls.withProtocols(List.of("TLSv1.3")).withClients(List.of("app-*"));
		TlsCredentials replacement = this.authority.issue("n1", "n1.example");
		tls.replace(replacement);
		assertThat(strict.credentials()).isSameAs(replacement);
		assertThat(strict.protocols()).containsExactly("TLSv1.3");
		assertThat(strict.clients()).containsExactly("app-*");
		assertThat(tls.protocols()).isEmpty();
	}

	@Test
	void aKeyThatWasChosenIsTheOnlyOne() throws Exception {
		TlsCredentials other = this.authority.issue("n2", "n2.example");
		X509Certificate certificate = other.certificates().get(0);
		assertThat(TlsCredentials.of(new KeyManager[] { other.keyManager() }, this.authority.trust().getTrustManagers())
			.certificates()).containsExactly(certificate);
	}

}
