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

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.github.atomixspring.link.GrpcLinkService;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerTransportFilter;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each call pass that the certificate of its connection allows, and no other: those
 * of members may call everything, those of clients only open sessions and ask for a
 * description of the member.
 */
final class AccessGuard extends ServerTransportFilter implements ServerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(AccessGuard.class);

	private static final Attributes.Key<CertificateNames> NAMES = Attributes.Key.create("atomix-certificate-names");

	private final String node;

	private final PeerRoles roles;

	private final Warnings warnings = new Warnings(TimeUnit.MINUTES.toNanos(1));

	/**
	 * Creates a guard.
	 * @param node the id of the node behind it
	 * @param roles what certificates allow
	 */
	AccessGuard(String node, PeerRoles roles) {
		this.node = node;
		this.roles = roles;
	}

	@Override
	public Attributes transportReady(Attributes attributes) {
		// Once for each connection: reading the names takes longer than most calls.
		X509Certificate certificate = certificate(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
		return (certificate != null) ? attributes.toBuilder().set(NAMES, CertificateNames.of(certificate)).build()
				: attributes;
	}

	private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
		try {
			Certificate[] chain = (session != null) ? session.getPeerCertificates() : new Certificate[0];
			return (chain.length > 0 && chain[0] instanceof X509Certificate certificate) ? certificate : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			// As good as none: no call will pass.
			return null;
		}
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		CertificateNames names = call.getAttributes().get(NAMES);
		boolean forClients = isForClients(call.getMethodDescriptor());
		if (names != null && ((forClients) ? this.roles.isClient(names) : this.roles.isMember(names))) {
			return next.startCall(call, headers);
		}
		String problem = "the certificate " + names + " is not that of a " + ((forClients) ? "client" : "member")
				+ " of this cluster";
		if (this.warnings.isDue(String.valueOf(names))) {
			logger.warn("Node '{}' refused {} to {}: {}", this.node, call.getMethodDescriptor().getFullMethodName(),
					call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), problem);
		}
		call.close(Status.PERMISSION_DENIED.withDescription(problem), new Metadata());
		return new ServerCall.Listener<>() {
		};
	}

	private static boolean isForClients(MethodDescriptor<?, ?> method) {
		// A description is also what a new member needs before it is one.
		return GrpcLinkService.NAME.equals(method.getServiceName())
				|| NodeService.DESCRIBE.getFullMethodName().equals(method.getFullMethodName());
	}

}
