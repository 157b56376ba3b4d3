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

package io.github.atomixspring.statemachine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;

/**
 * A log and the state that it makes, as sessions use them: commands are numbered, answers
 * acknowledged and events collected.
 */
final class StateLog {

	private static final Wire<SnapshotPart> PARTS = Wire.of(SnapshotPart.class);

	private final List<byte[]> entries = new ArrayList<>();

	private final Map<Long, Long> sequences = new TreeMap<>();

	private final Map<Long, List<Event>> events = new TreeMap<>();

	private final Map<Long, Long> eventNumbers = new TreeMap<>();

	private final boolean recording;

	private ReplicatedState state = new ReplicatedState();

	private long now;

	private int tokens;

	StateLog() {
		this(false);
	}

	StateLog(boolean recording) {
		this.recording = recording;
	}

	/**
	 * Returns a log whose cluster has the latest feature level.
	 * @param recording whether to keep the entries
	 * @return the log
	 */
	static StateLog atLatestLevel(boolean recording) {
		StateLog log = new StateLog(recording);
		for (int level = FeatureLevel.BASE + 1; level <= FeatureLevel.LATEST; level++) {
			log.append(new LogEntry.Raise(level));
		}
		return log;
	}

	ReplicatedState state() {
		return this.state;
	}

	List<byte[]> entries() {
		return this.entries;
	}

	long now() {
		return this.now;
	}

	Applied append(LogEntry.Item... items) {
		byte[] entry = Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, this.now, List.of(items)));
		if (this.recording) {
			this.entries.add(entry);
		}
		Applied applied = this.state.apply(entry);
		applied.deliveries().forEach((session, delivery) -> delivery.events().forEach((event) -> seen(session, event)));
		return applied;
	}

	private void seen(long session, NumberedEvent event) {
		long expected = this.eventNumbers.merge(session, 1L, Long::sum);
		if (event.number() != expected) {
			throw new AssertionError("Session " + session + " got " + event + " instead of number " + expected);
		}
		this.events.computeIfAbsent(session, (id) -> new ArrayList<>()).add(event.event());
	}

	long open(String node, long timeout) {
		String token = "token-" + (++this.tokens);
		return append(new LogEntry.Open(token, node, timeout)).opened().get(token);
	}

	Applied close(long session) {
		return append(new LogEntry.Close(session));
	}

	Result submit(long session, Command command) {
		long sequence = this.sequences.merge(session, 1L, Long::sum);
		Applied applied = append(batch(session, sequence, command));
		List<NumberedResult> results = applied.deliveries().get(session).results();
		if (results.size() != 1 || results.get(0).sequence() != sequence) {
			throw new AssertionError("Command " + sequence + " was answered with " + results);
		}
		return results.get(0).result();
	}

	private LogEntry.Batch batch(long session, long sequence, Command command) {
		return new LogEntry.Batch(session, sequence - 1, this.eventNumbers.getOrDefault(session, 0L),
				List.of(new Sequenced(sequence, Wire.COMMAND.encode(command))));
	}

	void elapse(long millis) {
		this.now += millis;
	}

	Applied tick(long millis) {
		elapse(millis);
		return append();
	}

	/**
	 * Returns the events of a session that came since the last call.
	 * @param session the session
	 * @return the events
	 */
	List<Event> events(long session) {
		List<Event> collected = this.events.remove(session);
		return (collected != null) ? collected : List.of();
	}

	/**
	 * Goes on with a state that was restored from a snapshot.
	 */
	void restart() {
		this.state = copy(this.state);
	}

	String digest() {
		return digest(this.state);
	}

	static ReplicatedState copy(ReplicatedState state) {
		return ReplicatedState.restore(encode(state).stream().map(PARTS::decode).iterator());
	}

	static List<byte[]> encode(ReplicatedState state) {
		List<byte[]> encoded = new ArrayList<>();
		for (Iterator<SnapshotPart> parts = state.capture(); parts.hasNext();) {
			encoded.add(PARTS.encode(parts.next()));
		}
		return encoded;
	}

	static String digest(ReplicatedState state) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (byte[] part : encode(state)) {
				digest.update(Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII));
				digest.update(part);
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns a text of a result or event in which arrays show their content.
	 * @param message the record
	 * @return the text
	 */
	static String text(Object message) {
		if (message instanceof Event.EntryChanged changed) {
			return "EntryChanged[" + changed.source() + "," + changed.kind() + "," + Arrays.toString(changed.key())
					+ "," + Arrays.toString(changed.old()) + "," + Arrays.toString(changed.value()) + ","
					+ changed.version() + "]";
		}
		if (message instanceof Result.Updated updated) {
			return "Updated[" + updated.updated() + "," + Arrays.toString(updated.old()) + "," + updated.oldVersion()
					+ "," + updated.version() + "]";
		}
		if (message instanceof Result.Entries entries) {
			StringBuilder text = new StringBuilder("Entries");
			entries.entries()
				.forEach((entry) -> text.append(Arrays.toString(entry.key()))
					.append(Arrays.toString(entry.value()))
					.append(entry.version()));
			return text.toString();
		}
		if (message instanceof List<?> list) {
			return list.stream().map(StateLog::text).toList().toString();
		}
		return message.toString();
	}

}
