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

package io.github.atomixspring.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * How a process writes into the {@link Ledger} of the test that started it.
 */
final class LedgerClient {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI uri;

	private final String node;

	LedgerClient(URI uri, String node) {
		this.uri = uri;
		this.node = node;
	}

	/**
	 * Writes an entry.
	 * @param token the token of the writer
	 * @param work what it works on
	 * @param step what it does
	 * @return whether the ledger has seen no greater token
	 * @throws IOException if the ledger could not be asked
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean write(long token, String work, String step) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.uri)
			.POST(HttpRequest.BodyPublishers.ofString(String.join("\n", this.node, Long.toString(token), work, step)))
			.build();
		int status = this.http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		if (status != Ledger.DONE && status != Ledger.STALE) {
			throw new IOException("The ledger answered " + status);
		}
		return status == Ledger.DONE;
	}

}
