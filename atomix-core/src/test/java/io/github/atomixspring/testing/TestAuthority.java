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

package io.github.atomixspring.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

import io.github.atomixspring.cluster.TlsCredentials;

/**
 * An authority that issues certificates for tests. Its keys are made anew in each run and
 * are kept in memory only.
 */
public final class TestAuthority {

	private static final char[] PASSWORD = "secret-of-the-test".toCharArray();

	private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

	private static final String BASIC_CONSTRAINTS = "2.5.29.19";

	private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final AtomicLong serials = new AtomicLong(1);

	private final X500Principal name;

	private final KeyPair keys = newKeys();

	private final X509Certificate certificate;

	/**
	 * Creates an authority.
	 * @param name its common name
	 */
	public TestAuthority(String name) {
		this.name = new X500Principal("CN=" + name);
		this.certificate = certify(this.name, this.keys, Instant.now(), Duration.ofDays(1),
				extension(BASIC_CONSTRAINTS, sequence(der(0x01, new byte[] { (byte) 0xff }))));
	}

	private static KeyPair newKeys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Issues a key with a certificate that is valid for a day.
	 * @param subject the common name
	 * @param names the alternative names: hosts, addresses and URIs
	 * @return the credentials, which trust this authority
	 */
	public TlsCredentials issue(String subject, String... names) {
		return issue(Instant.now(), Duration.ofDays(1), subject, names);
	}

	/**
	 * Issues a key with a certificate.
	 * @param start when it begins to be valid
	 * @param validity how long it is valid
	 * @param subject the common name
	 * @param names the alternative names: hosts, addresses and URIs
	 * @return the credentials, which trust this authority
	 */
	public TlsCredentials issue(Instant start, Duration validity, String subject, String... names) {
		KeyPair pair = newKeys();
		byte[][] alternatives = Arrays.stream(names).map(TestAuthority::alternative).toArray(byte[][]::new);
		byte[] extension = (names.length > 0) ? extension(SUBJECT_ALTERNATIVE_NAME, sequence(alternatives))
				: new byte[0];
		return credentials(pair, certify(new X500Principal("CN=" + subject), pair, start, validity, extension), this);
	}

	/**
	 * Returns credentials that trust this authority and have no key.
	 * @return the trust
	 */
	public TrustManagerFactory trust() {
		return trust(this);
	}

	private TlsCredentials credentials(KeyPair pair, X509Certificate issued, TestAuthority... trusted) {
		try {
			KeyStore store = emptyStore();
			store.setKeyEntry("key", pair.getPrivate(), PASSWORD, new Certificate[] { issued, this.certificate });
			KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(store, PASSWORD);
			return TlsCredentials.of(factory, trust(trusted));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the trust in authorities.
	 * @param authorities the authorities
	 * @return the trust
	 */
	public static TrustManagerFactory trust(TestAuthority... authorities) {
		try {
			KeyStore store = emptyStore();
			for (TestAuthority authority : authorities) {
				store.setCertificateEntry(authority.name.getName(), authority.certificate);
			}
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(store);
			return factory;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore emptyStore() throws GeneralSecurityException {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			return store;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private X509Certificate certify(X500Principal subject, KeyPair pair, Instant start, Duration validity,
			byte[] extension) {
		byte[] algorithm = sequence(oid(ECDSA_WITH_SHA256));
		byte[] extensions = (extension.length > 0) ? der(0xa3, sequence(extension)) : new byte[0];
		byte[] body = sequence(der(0xa0, integer(2)), integer(serials.getAndIncrement()), algorithm,
				this.name.getEncoded(), sequence(time(start), time(start.plus(validity))), subject.getEncoded(),
				pair.getPublic().getEncoded(), extensions);
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(body);
			byte[] encoded = sequence(body, algorithm, der(0x03, new byte[] { 0 }, signature.sign()));
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] alternative(String name) {
		if (name.indexOf('/') >= 0) {
			return der(0x86, name.getBytes(StandardCharsets.US_ASCII));
		}
		if (name.indexOf(':') < 0 && !name.matches("[0-9.]+")) {
			return der(0x82, name.getBytes(StandardCharsets.US_ASCII));
		}
		try {
			return der(0x87, InetAddress.getByName(name).getAddress());
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static byte[] extension(String oid, byte[] value) {
		return sequence(oid(oid), der(0x04, value));
	}

	private static byte[] time(Instant time) {
		return der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] integer(long value) {
		return der(0x02, BigInteger.valueOf(value).toByteArray());
	}

	private static byte[] oid(String oid) {
		List<Integer> arcs = Arrays.stream(oid.split("\\.")).map(Integer::valueOf).toList();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(arcs.get(0) * 40 + arcs.get(1));
		for (int arc : arcs.subList(2, arcs.size())) {
			if (arc >= 1 << 7) {
				bytes.write(0x80 | (arc >> 7));
			}
			bytes.write(arc & 0x7f);
		}
		return der(0x06, bytes.toByteArray());
	}

	private static byte[] sequence(byte[]... parts) {
		return der(0x30, parts);
	}

	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(tag);
		int length = content.size();
		if (length >= 1 << 8) {
			bytes.write(0x82);
			bytes.write(length >> 8);
		}
		else if (length >= 1 << 7) {
			bytes.write(0x81);
		}
		bytes.write(length & 0xff);
		bytes.writeBytes(content.toByteArray());
		return bytes.toByteArray();
	}

}
