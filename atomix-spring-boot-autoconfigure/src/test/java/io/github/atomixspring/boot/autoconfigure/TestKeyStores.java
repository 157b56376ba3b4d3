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

package io.github.atomixspring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * Keys and certificates for tests, made anew by the tool of the JDK.
 */
public final class TestKeyStores {

	/**
	 * The password of all stores, which no log may have.
	 */
	public static final String PASSWORD = "never-to-be-logged";

	private final Path file;

	/**
	 * Makes an authority.
	 * @param directory a directory for its keys
	 */
	public TestKeyStores(Path directory) {
		this.file = directory.resolve("keys.p12");
		generate("authority", List.of("-ext", "bc:c"));
	}

	/**
	 * Makes a key with a certificate of the authority.
	 * @param name its common name
	 * @param alternative an alternative name such as {@code ip:127.0.0.1}
	 * @return a store with that key alone
	 */
	public KeyStore issue(String name, String alternative) {
		generate(name, List.of("-signer", "authority", "-ext", "san=" + alternative));
		try {
			KeyStore all = load();
			KeyStore store = emptyStore();
			store.setKeyEntry(name, all.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(),
					all.getCertificateChain(name));
			return store;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a store with the certificate of the authority.
	 * @return the store
	 */
	public KeyStore trust() {
		try {
			KeyStore store = emptyStore();
			store.setCertificateEntry("authority", load().getCertificate("authority"));
			return store;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a bundle.
	 * @param key the store with the key
	 * @param trust the store with the authorities, or null for none
	 * @return the bundle
	 */
	public static SslBundle bundle(@Nullable KeyStore key, @Nullable KeyStore trust) {
		return SslBundle.of(SslStoreBundle.of(key, PASSWORD, trust));
	}

	/**
	 * Writes a store to a file.
	 * @param store the store
	 * @param file the file
	 * @return the file
	 */
	public static Path write(KeyStore store, Path file) {
		try (OutputStream stream = Files.newOutputStream(file)) {
			store.store(stream, PASSWORD.toCharArray());
			return file;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void generate(String name, List<String> options) {
		List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name,
				"-keyalg", "EC", "-groupname", "secp256r1", "-keystore", this.file.toString(), "-storetype", "PKCS12",
				"-storepass:env", "PASSWORD"));
		arguments.addAll(options);
		arguments.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		run(arguments, this.file.toAbsolutePath().getParent());
	}

	/**
	 * Runs a command that finds the password in its environment and the tools of the JDK
	 * on its path.
	 * @param command the command
	 * @param directory where to run it
	 */
	public static void run(List<String> command, Path directory) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		Map<String, String> environment = builder.environment();
		environment.put("PASSWORD", PASSWORD);
		environment.merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(),
				(before, tools) -> tools + ":" + before);
		try {
			Process process = builder.start();
			String output = new String(process.getInputStream().readAllBytes());
			if (process.waitFor() != 0) {
				throw new IllegalStateException(output);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore load() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(this.file)) {
			store.load(input, PASSWORD.toCharArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return store;
	}

	private static KeyStore emptyStore() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try {
			store.load(null, null);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return store;
	}

}
