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

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusException;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http2.Http2Exception;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;

/**
 * Says why two nodes do not accept each other. What fails in a handshake is wrapped many
 * times, and its texts are meant for those who know the library.
 */
public final class PeerProblem {

	private static final String ALERT = "Received fatal alert: ";

	private static final String HUNG_UP = "Network closed for unknown reason";

	private PeerProblem() {
	}

	/**
	 * Describes a failure.
	 * @param failure what the library says
	 * @param tls whether this node speaks TLS
	 * @return the problem in words, or null if the failure is of another kind
	 */
	public static @Nullable String describe(@Nullable Throwable failure, boolean tls) {
		String problem = null;
		int depth = 0;
		// The causes know best.
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
			String found = (tls || isRefusal(cause)) ? describeOne(cause) : describePlain(cause);
			problem = (found != null) ? found : problem;
		}
		return problem;
	}

	private static @Nullable String describeOne(Throwable cause) {
		String text = String.valueOf(cause.getMessage());
		if (isRefusal(cause)) {
			return "it refuses this node (" + text + ")";
		}
		if (cause instanceof NotSslRecordException) {
			return "it does not speak TLS, this node does";
		}
		if (cause instanceof CertificateExpiredException) {
			return "its certificate has expired (" + text + ")";
		}
		if (cause instanceof CertificateNotYetValidException) {
			return "its certificate is not valid yet (" + text + ")";
		}
		if (cause instanceof CertPathBuilderException
				|| (cause instanceof CertPathValidatorException && text.contains("signature check failed"))) {
			return "its certificate is not from an authority that this node trusts (" + text + ")";
		}
		if (cause instanceof CertificateException) {
			return "its certificate is not accepted (" + text + ")";
		}
		return (cause instanceof SSLException) ? describeHandshake(text) : null;
	}

	private static @Nullable String describePlain(Throwable cause) {
		// A server that waits for a handshake hangs up on anything else.
		return (cause instanceof Http2Exception || String.valueOf(cause.getMessage()).contains(HUNG_UP))
				? "it hangs up: perhaps it speaks TLS, this node does not" : null;
	}

	private static @Nullable String describeHandshake(String text) {
		if (text.startsWith(ALERT)) {
			return describeAlert(text.substring(ALERT.length()));
		}
		if (text.contains("mpty client certificate chain")) {
			return "it shows no certificate from an authority that this node trusts";
		}
		return (text.toLowerCase(Locale.ROOT).contains("clos")) ? null : "TLS cannot be agreed on (" + text + ")";
	}

	private static String describeAlert(String alert) {
		return (alert.contains("certificate") || alert.contains("unknown_ca") || alert.contains("access_denied"))
				? "it does not accept the certificate of this node (" + alert + ")"
				: "it broke off the agreement on TLS (" + alert + ")";
	}

	private static boolean isRefusal(Throwable cause) {
		Status status = null;
		if (cause instanceof StatusException exception) {
			status = exception.getStatus();
		}
		else if (cause instanceof StatusRuntimeException exception) {
			status = exception.getStatus();
		}
		return status != null && (status.getCode() == Status.Code.PERMISSION_DENIED
				|| status.getCode() == Status.Code.UNAUTHENTICATED);
	}

}
