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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Wire;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.Marshaller;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.MethodType;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/**
 * The service by which members talk to each other outside the consensus, on the same
 * port.
 */
final class NodeService {

	/**
	 * The name of the service.
	 */
	static final String NAME = "atomix.Node";

	private static final Marshaller<byte[]> BYTES = new BytesMarshaller();

	/**
	 * Describes the member.
	 */
	static final MethodDescriptor<byte[], byte[]> DESCRIBE = method("Describe");

	/**
	 * Takes a new incarnation of a member into the cluster.
	 */
	static final MethodDescriptor<byte[], byte[]> JOIN = method("Join");

	/**
	 * Adds a member to the cluster or removes one.
	 */
	static final MethodDescriptor<byte[], byte[]> CHANGE = method("Change");

	/**
	 * Marks the directory of the member for a feature level.
	 */
	static final MethodDescriptor<byte[], byte[]> LEVEL = method("Level");

	/**
	 * Tells the term of the member.
	 */
	static final MethodDescriptor<byte[], byte[]> TERM = method("Term");

	/**
	 * Does what backups need of the leader of a partition.
	 */
	static final MethodDescriptor<byte[], byte[]> BACKUP = method("Backup");

	/**
	 * Encodes what backups need.
	 */
	static final Wire<BackupRequest> BACKUP_REQUEST = Wire.of(BackupRequest.class);

	/**
	 * Encodes what was done for backups.
	 */
	static final Wire<BackupReply> BACKUP_REPLY = Wire.of(BackupReply.class);

	/**
	 * Encodes requests for the term.
	 */
	static final Wire<TermRequest> TERM_REQUEST = Wire.of(TermRequest.class);

	/**
	 * Encodes terms.
	 */
	static final Wire<TermReply> TERM_REPLY = Wire.of(TermReply.class);

	/**
	 * Encodes requests for a feature level.
	 */
	static final Wire<LevelRequest> LEVEL_REQUEST = Wire.of(LevelRequest.class);

	/**
	 * Encodes the levels of directories.
	 */
	static final Wire<LevelReply> LEVEL_REPLY = Wire.of(LevelReply.class);

	/**
	 * Encodes descriptions.
	 */
	static final Wire<NodeDescription> DESCRIPTION = Wire.of(NodeDescription.class);

	/**
	 * Encodes requests for a description.
	 */
	static final Wire<DescribeRequest> DESCRIBE_REQUEST = Wire.of(DescribeRequest.class);

	/**
	 * Encodes requests to join.
	 */
	static final Wire<JoinRequest> JOIN_REQUEST = Wire.of(JoinRequest.class);

	/**
	 * Encodes answers to those who want to join.
	 */
	static final Wire<JoinReply> JOIN_REPLY = Wire.of(JoinReply.class);

	/**
	 * Encodes changes of members.
	 */
	static final Wire<ChangeRequest> CHANGE_REQUEST = Wire.of(ChangeRequest.class);

	/**
	 * Encodes what came of changes of members.
	 */
	static final Wire<ChangeReply> CHANGE_REPLY = Wire.of(ChangeReply.class);

	private NodeService() {
	}

	/**
	 * Returns the definition of the service.
	 * @param handler answers the requests
	 * @return the definition
	 */
	static ServerServiceDefinition define(Handler handler) {
		return ServerServiceDefinition.builder(NAME)
			.addMethod(DESCRIBE,
					ServerCalls.asyncUnaryCall((bytes, observer) -> answer(observer, DESCRIPTION,
							() -> CompletableFuture.completedFuture(handler.describe(DESCRIBE_REQUEST.decode(bytes))))))
			.addMethod(JOIN, ServerCalls.asyncUnaryCall(
					(bytes, observer) -> answer(observer, JOIN_REPLY, () -> handler.join(JOIN_REQUEST.decode(bytes)))))
			.addMethod(CHANGE,
					ServerCalls.asyncUnaryCall((bytes, observer) -> answer(observer, CHANGE_REPLY,
							() -> handler.change(CHANGE_REQUEST.decode(bytes)))))
			.addMethod(BACKUP,
					ServerCalls.asyncUnaryCall((bytes, observer) -> answer(observer, BACKUP_REPLY,
							() -> handler.backup(BACKUP_REQUEST.decode(bytes)))))
			.addMethod(TERM,
					ServerCalls.asyncUnaryCall((bytes, observer) -> answer(observer, TERM_REPLY,
							() -> CompletableFuture.completedFuture(handler.term(TERM_REQUEST.decode(bytes))))))
			.addMethod(LEVEL,
					ServerCalls.asyncUnaryCall((bytes, observer) -> answer(observer, LEVEL_REPLY,
							() -> CompletableFuture.completedFuture(handler.level(LEVEL_REQUEST.decode(bytes))))))
			.build();
	}

	private static <T> void answer(StreamObserver<byte[]> observer, Wire<T> wire, Call<T> call) {
		CompletableFuture<T> future;
		try {
			future = call.run();
		}
		catch (ProtocolException | IllegalArgumentException | NullPointerException ex) {
			observer.onError(Status.INVALID_ARGUMENT.withDescription(ex.getMessage()).asRuntimeException());
			return;
		}
		future.whenComplete((result, failure) -> {
			if (failure != null) {
				observer.onError(Status.INTERNAL.withDescription(failure.toString()).asRuntimeException());
				return;
			}
			observer.onNext(wire.encode(result));
			observer.onCompleted();
		});
	}

	private static MethodDescriptor<byte[], byte[]> method(String name) {
		return MethodDescriptor.<byte[], byte[]>newBuilder()
			.setType(MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
			.setRequestMarshaller(BYTES)
			.setResponseMarshaller(BYTES)
			.build();
	}

	/**
	 * Answers the requests of other members. Must not block.
	 */
	interface Handler {

		/**
		 * Describes this member.
		 * @param request who asks
		 * @return the description
		 */
		NodeDescription describe(DescribeRequest request);

		/**
		 * Takes a new incarnation of a member into the cluster if this member leads.
		 * @param request the request
		 * @return the answer
		 */
		CompletableFuture<JoinReply> join(JoinRequest request);

		/**
		 * Adds a member to the cluster or removes one if this member leads.
		 * @param request the request
		 * @return the answer
		 */
		CompletableFuture<ChangeReply> change(ChangeRequest request);

		/**
		 * Does what a backup needs of this member, which leads a partition.
		 * @param request the request
		 * @return what was done
		 */
		CompletableFuture<BackupReply> backup(BackupRequest request);

		/**
		 * Tells the term that this member has now.
		 * @param request which incarnation is asked
		 * @return the term
		 */
		TermReply term(TermRequest request);

		/**
		 * Marks the directory of this member.
		 * @param request the cluster and its next feature level
		 * @return for which level the directory is ready
		 */
		LevelReply level(LevelRequest request);

	}

	/**
	 * A request that is being answered.
	 *
	 * @param <T> the type of the answer
	 */
	private interface Call<T> {

		CompletableFuture<T> run();

	}

	/**
	 * Passes bytes as they are.
	 */
	private static final class BytesMarshaller implements Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
