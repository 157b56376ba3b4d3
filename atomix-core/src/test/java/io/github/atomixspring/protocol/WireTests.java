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

package io.github.atomixspring.protocol;

import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Wire}.
 */
class WireTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "prices");

	private final CBORMapper mapper = new CBORMapper();

	@Test
	void commandSurvivesRoundTrip() {
		byte[] bytes = Wire.COMMAND
			.encode(new MapMessages.Update(MAP, new byte[] { 1 }, null, 5, Condition.version(7), true));
		assertThat(Wire.COMMAND.decode(bytes)).usingRecursiveComparison()
			.isEqualTo(new MapMessages.Update(MAP, new byte[] { 1 }, null, 5, Condition.version(7), true));
		assertThat(bytes).hasSizeLessThan(40);
	}

	@Test
	void entrySurvivesRoundTrip() {
		LogEntry entry = new LogEntry(1, 12, List.of(new LogEntry.Open("t", "n", 3),
				new LogEntry.Batch(1, 2, 3, List.of(new Sequenced(4, new byte[] { 9 }))), new LogEntry.Verify()));
		assertThat(Wire.LOG_ENTRY.decode(Wire.LOG_ENTRY.encode(entry))).usingRecursiveComparison().isEqualTo(entry);
	}

	@Test
	void framesSurviveRoundTrip() {
		ServerFrame frame = new ServerFrame.Applied(3,
				List.of(new NumberedEvent(1,
						new ElectionMessages.Changed(PrimitiveId.of(PrimitiveType.ELECTION, "e"),
								new ElectionMessages.Leadership("a", "n", 1, 2, List.of("a", "b")), null))),
				List.of(new NumberedResult(4, new Result.Flag(true)), new NumberedResult(5, new Result.Done())));
		assertThat(Wire.SERVER_FRAME.decode(Wire.SERVER_FRAME.encode(frame))).usingRecursiveComparison()
			.isEqualTo(frame);
		ClientFrame ask = new ClientFrame.Ask(1, true, 2, Wire.QUERY.encode(new Query.ListSessions()));
		assertThat(Wire.CLIENT_FRAME.decode(Wire.CLIENT_FRAME.encode(ask))).usingRecursiveComparison().isEqualTo(ask);
	}

	@Test
	void additionalComponentsAreIgnoredAndMissingOnesAreZero() {
		byte[] longer = this.mapper.writeValueAsBytes(
				new Object[] { "18", new Object[] { new Object[] { 5, "n" }, 7, 9, 1, "x", new int[] { 1 } } });
		byte[] shorter = this.mapper.writeValueAsBytes(new Object[] { "18", new Object[] { new Object[] { 5, "n" } } });
		assertThat(Wire.COMMAND.decode(longer))
			.isEqualTo(new LongMessages.CompareAndSet(PrimitiveId.of(PrimitiveType.LONG, "n"), 7, 9));
		assertThat(Wire.COMMAND.decode(shorter))
			.isEqualTo(new LongMessages.CompareAndSet(PrimitiveId.of(PrimitiveType.LONG, "n"), 0, 0));
	}

	@Test
	void unknownTypeIsUnsupported() {
		byte[] bytes = this.mapper.writeValueAsBytes(new Object[] { "999", new Object[] { 1 } });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.COMMAND.decode(bytes))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNSUPPORTED));
	}

	@Test
	void everythingElseIsMalformed() {
		byte[][] inputs = { {}, { (byte) 0xff }, { (byte) 0xf6 }, { 1 },
				{ (byte) 0x82, 0x61, 0x31, (byte) 0x9b, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0 },
				{ (byte) 0x5b, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0 } };
		for (byte[] input : inputs) {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.COMMAND.decode(input))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.MALFORMED));
		}
	}

	@Test
	void classNamesInTheBytesAreNotLoaded() {
		byte[] bytes = this.mapper.writeValueAsBytes(new Object[] { "java.util.ArrayList", new Object[] { 1 } });
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> Wire.COMMAND.decode(bytes));
	}

}
