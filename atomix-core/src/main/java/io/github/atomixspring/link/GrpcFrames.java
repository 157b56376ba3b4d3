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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.ratis.thirdparty.io.grpc.KnownLength;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.MethodType;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * What both ends of a link over gRPC must agree on.
 */
final class GrpcFrames {

	static final String SERVICE = "atomix.Session";

	/**
	 * The largest frame. Commands have at most 1 MiB and batches little more; answers are
	 * paged.
	 */
	static final int MAX_FRAME_BYTES = 4 * 1024 * 1024 + 64 * 1024;

	/**
	 * How much may wait for a peer that does not read before its link is closed.
	 */
	static final int MAX_BUFFERED_BYTES = 32 * 1024 * 1024;

	/**
	 * How many frames may be on the way to a handler.
	 */
	static final int PREFETCH = 32;

	/**
	 * One stream per link, with a frame in each message.
	 */
	static final MethodDescriptor<byte[], byte[]> OPEN = MethodDescriptor.<byte[], byte[]>newBuilder()
		.setType(MethodType.BIDI_STREAMING)
		.setFullMethodName(SERVICE + "/Open")
		.setRequestMarshaller(new BytesMarshaller())
		.setResponseMarshaller(new BytesMarshaller())
		.build();

	/**
	 * The header with the number of the partition to which a link leads; without it to
	 * the first one.
	 */
	private static final Metadata.Key<String> PARTITION = Metadata.Key.of("atomix-partition",
			Metadata.ASCII_STRING_MARSHALLER);

	private GrpcFrames() {
	}

	/**
	 * Returns the headers of a link.
	 * @param partition the number of its partition
	 * @return the headers
	 */
	static Metadata headers(int partition) {
		Metadata headers = new Metadata();
		if (partition > 0) {
			headers.put(PARTITION, Integer.toString(partition));
		}
		return headers;
	}

	/**
	 * Returns to which partition a link leads.
	 * @param headers its headers
	 * @param partitions the number of partitions
	 * @return the number of its partition, or -1 if there is no such partition
	 */
	static int partition(Metadata headers, int partitions) {
		String text = headers.get(PARTITION);
		if (text == null) {
			return 0;
		}
		for (int partition = 0; partition < partitions; partition++) {
			if (text.equals(Integer.toString(partition))) {
				return partition;
			}
		}
		return -1;
	}

	/**
	 * Hands bytes through.
	 */
	private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				// Read what is announced in one go, without growing a buffer.
				return (stream instanceof KnownLength) ? stream.readNBytes(stream.available()) : stream.readAllBytes();
			}
			catch (IOException ex) {
				throw Status.INTERNAL.withDescription("The message could not be read")
					.withCause(ex)
					.asRuntimeException();
			}
		}

	}

}
