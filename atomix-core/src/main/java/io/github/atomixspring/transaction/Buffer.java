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

package io.github.atomixspring.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.TransactionMessages.Commit;
import io.github.atomixspring.protocol.TransactionMessages.Expectation;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has read, wants to write, and depends on.
 */
final class Buffer {

	private static final int MAX_BYTES = 1 << 20;

	private final List<Expectation> guards = new ArrayList<>();

	private final List<Expectation> reads = new ArrayList<>();

	/**
	 * The writes in the order in which they were made last.
	 */
	private final Map<Place, Write> writes = new LinkedHashMap<>();

	private int queries;

	private long bytes;

	private boolean ended;

	/**
	 * Fails if the function of the transaction has ended.
	 */
	void checkActive() {
		if (this.ended) {
			throw new IllegalStateException("The transaction has ended");
		}
	}

	/**
	 * Ends the use by the function.
	 */
	void end() {
		this.ended = true;
	}

	/**
	 * Makes the commit depend on a claim.
	 * @param claim the lock or election
	 * @param number the token or term
	 */
	void require(PrimitiveId claim, long number) {
		checkRoom(1);
		this.guards.add(new Expectation(claim, new byte[0], number));
	}

	/**
	 * Takes note that the cluster was asked once more.
	 * @param count how many answers are to be kept
	 */
	void asking(int count) {
		checkRoom(count);
		this.queries++;
	}

	/**
	 * Keeps what was read.
	 * @param primitive the primitive
	 * @param key the key, never read before
	 * @param version the version, or zero if there is nothing
	 */
	void read(PrimitiveId primitive, byte[] key, long version) {
		this.reads.add(new Expectation(primitive, key, version));
	}

	/**
	 * Keeps a write in place of an earlier one at the same place.
	 * @param primitive the primitive
	 * @param key the key
	 * @param command the command
	 * @param size the size of the value
	 */
	void write(PrimitiveId primitive, byte[] key, Command command, int size) {
		checkActive();
		Place place = new Place(primitive, ByteBuffer.wrap(key));
		Write old = this.writes.remove(place);
		if (old == null) {
			checkRoom(1);
		}
		long total = this.bytes - ((old != null) ? old.size : 0) + size;
		if (total > MAX_BYTES) {
			throw new LimitExceededException(
					"The writes of the transaction have " + total + " bytes; the limit is " + MAX_BYTES);
		}
		this.bytes = total;
		this.writes.put(place, new Write(command, size));
	}

	private void checkRoom(int more) {
		checkActive();
		if (this.guards.size() + this.reads.size() + this.writes.size() + more > Commit.MAX_OPERATIONS) {
			throw new LimitExceededException(
					"The transaction has more than " + Commit.MAX_OPERATIONS + " guards, reads and writes");
		}
	}

	/**
	 * Returns the command that commits the transaction.
	 * @return the command, or null if there is nothing to commit
	 */
	@Nullable Commit toCommit() {
		List<Command> commands = this.writes.values().stream().map(Write::command).toList();
		return (commands.isEmpty() && this.guards.isEmpty()) ? toReadOnly()
				: new Commit(!commands.isEmpty() ? commands.get(0).target() : this.guards.get(0).primitive(),
						this.guards, this.reads, commands);
	}

	/**
	 * Returns the command that tells whether what was read belongs together.
	 * @return the command, or null if that is certain: one answer shows one moment
	 */
	@Nullable Commit toReadOnly() {
		return (this.queries > 1) ? new Commit(this.reads.get(0).primitive(), List.of(), this.reads, List.of()) : null;
	}

	/**
	 * Where something is written.
	 */
	private record Place(PrimitiveId primitive, ByteBuffer key) {

	}

	/**
	 * A write and the size of its value.
	 */
	private record Write(Command command, int size) {

	}

}
