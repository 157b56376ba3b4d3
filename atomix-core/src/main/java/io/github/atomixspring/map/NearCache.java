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

package io.github.atomixspring.map;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * A copy of entries of a map in this process, kept by events.
 * <p>
 * Each event is taken in before anything completes that it could belong to, and nothing
 * is found here while a read of this node has looked ahead of the events: so what is
 * found is never behind anything that this node has seen. What is read from the cluster
 * meanwhile is only taken if no event of its key came since it was asked for, and nothing
 * replaces what has a greater version.
 * <p>
 * Readers take no lock. When events were missed the contents are replaced as a whole, so
 * that a reader never finds half of them gone.
 *
 * @param <K> the type of the keys
 */
final class NearCache<K> {

	/**
	 * Stands for a key that is known to have no value.
	 */
	static final Cell ABSENT = new Cell(new byte[0], 0);

	private final Encoding<K> keys;

	private final boolean exact;

	private final int limit;

	private final BooleanSupplier caughtUp;

	/**
	 * The requests under way for single keys.
	 */
	private final Map<Object, Ticket> tickets = new HashMap<>();

	private volatile Contents contents = new Contents(false, 0);

	/**
	 * The keys of which events came since loading began, null when nothing is loaded.
	 */
	private @Nullable Set<Object> touched;

	/**
	 * How often events were missed, and how often the mailbox has heard of it.
	 */
	private long dropped;

	private long settled;

	private boolean closed;

	/**
	 * Creates an empty cache that finds nothing.
	 * @param keys the encoding of the keys
	 * @param exact whether keys can stand for their bytes, see {@link Codecs#isExact}
	 * @param limit the greatest number of entries
	 * @param caughtUp tells whether no read was ahead of the events
	 */
	NearCache(Encoding<K> keys, boolean exact, int limit, BooleanSupplier caughtUp) {
		this.keys = keys;
		this.exact = exact;
		this.limit = limit;
		this.caughtUp = caughtUp;
	}

	/**
	 * Returns under what an entry is found: the key itself where that is as good as its
	 * bytes, which saves to encode it.
	 * @param key the key
	 * @return the identity of the key
	 */
	Object identify(K key) {
		return this.exact ? key : ByteBuffer.wrap(this.keys.encode(key));
	}

	private @Nullable Object identify(byte[] bytes) {
		if (!this.exact) {
			return ByteBuffer.wrap(bytes);
		}
		try {
			K key = this.keys.decode(bytes);
			// Other bytes than those of this codec are another key, which nobody here
			// has.
			return Arrays.equals(this.keys.encode(key), bytes) ? key : null;
		}
		catch (CodecException ex) {
			return null;
		}
	}

	/**
	 * Looks for an entry.
	 * @param id the identity of its key
	 * @return the cell, {@link #ABSENT} if there surely is none, or null if it is unknown
	 */
	@Nullable Cell find(Object id) {
		if (!this.caughtUp.getAsBoolean()) {
			return null;
		}
		Contents current = this.contents;
		boolean complete = current.complete;
		Cell cell = current.cells.get(id);
		if (cell != null) {
			if (!cell.used) {
				cell.used = true;
			}
			return cell;
		}
		// Complete before and after: so it was while the key was looked up.
		return (complete && current.complete) ? ABSENT : null;
	}

	/**
	 * Takes note that a key is going to be read from the cluster.
	 * @param id the identity of the key
	 * @return what to pass to {@link #fill}
	 */
	synchronized Ticket expect(Object id) {
		Ticket ticket = new Ticket(id);
		if (this.contents.active) {
			this.tickets.put(id, ticket);
		}
		return ticket;
	}

	/**
	 * Takes what was read, unless an event of the key came meanwhile.
	 * @param ticket what {@link #expect} returned
	 * @param entry the entry, or null if there is none or it could not be read
	 */
	synchronized void fill(Ticket ticket, @Nullable KeyValue entry) {
		if (this.tickets.remove(ticket.id, ticket) && entry != null) {
			if (!this.contents.cells.containsKey(ticket.id)) {
				makeRoom(this.contents);
			}
			put(ticket.id, entry.value(), entry.version()).used = true;
		}
	}

	boolean holds(Object id) {
		return this.contents.cells.containsKey(id);
	}

	private void makeRoom(Contents current) {
		while (current.cells.size() >= this.limit) {
			// Before the first is gone: a reader must not take it for absent.
			current.overflow();
			if (!current.hand.hasNext()) {
				current.hand = current.cells.values().iterator();
			}
			Cell cell = current.hand.next();
			if (cell.used) {
				cell.used = false;
			}
			else {
				current.hand.remove();
			}
		}
	}

	private Cell put(Object id, byte[] value, long version) {
		Cell present = this.contents.cells.get(id);
		if (present != null && present.version >= version) {
			return present;
		}
		Cell cell = new Cell(value, version);
		cell.used = present != null && present.used;
		this.contents.cells.put(id, cell);
		return cell;
	}

	/**
	 * Takes in an event.
	 * @param changed the event
	 */
	synchronized void changed(EntryChanged changed) {
		Object id = this.contents.active ? identify(changed.key()) : null;
		if (id == null) {
			return;
		}
		this.tickets.remove(id);
		if (this.touched != null) {
			this.touched.add(id);
		}
		Contents current = this.contents;
		Cell present = current.cells.get(id);
		byte[] value = changed.value();
		if (value == null) {
			if (present != null && present.version <= changed.version()) {
				current.cells.remove(id);
			}
		}
		else if (present != null || current.cells.size() < this.limit) {
			put(id, value, changed.version());
		}
		else {
			// What others write must not drive out what is read here.
			current.overflow();
		}
	}

	/**
	 * Forgets everything: events were missed.
	 */
	synchronized void drop() {
		this.dropped++;
		reset(false);
	}

	/**
	 * Takes note in the mailbox that it has come to the moment of a {@link #drop()}.
	 */
	synchronized void settle() {
		this.settled++;
	}

	/**
	 * Takes note that events come from now on, and begins to load. Called in the mailbox.
	 * @return the number of the loading, or zero if events are known to be missed again
	 */
	synchronized long begin() {
		if (this.closed || this.dropped != this.settled) {
			return 0;
		}
		reset(true);
		this.touched = new HashSet<>();
		return this.contents.number;
	}

	private void reset(boolean active) {
		this.contents = new Contents(active, this.contents.number + 1);
		this.tickets.clear();
		this.touched = null;
	}

	/**
	 * Takes a page of all entries.
	 * @param loading the number of the loading
	 * @param page the page; an empty one is the end
	 * @return whether the next page is wanted
	 */
	synchronized boolean load(long loading, List<KeyValue> page) {
		Contents current = this.contents;
		Set<Object> known = this.touched;
		if (current.number != loading || known == null) {
			return false;
		}
		boolean room = true;
		for (KeyValue entry : page) {
			Object id = identify(entry.key());
			if (id != null && !known.contains(id)) {
				room = current.cells.containsKey(id) || current.cells.size() < this.limit;
				if (!room) {
					break;
				}
				put(id, entry.value(), entry.version());
			}
		}
		if (room && !page.isEmpty()) {
			return true;
		}
		this.touched = null;
		current.complete = room && !current.overflown;
		return false;
	}

	/**
	 * Returns whether a loading is still of use.
	 * @param loading the number of the loading
	 * @return whether it was not overtaken
	 */
	synchronized boolean isLoading(long loading) {
		return this.contents.number == loading && this.touched != null;
	}

	/**
	 * Forgets everything for ever.
	 */
	synchronized void close() {
		this.closed = true;
		reset(false);
	}

	/**
	 * An entry.
	 */
	static final class Cell {

		private final byte[] value;

		private final long version;

		/**
		 * Whether it was found since it was last considered for removal. Written without
		 * order: a lost write costs nothing but a worse choice.
		 */
		private boolean used;

		private Cell(byte[] value, long version) {
			this.value = value;
			this.version = version;
		}

		byte[] value() {
			return this.value;
		}

		long version() {
			return this.version;
		}

	}

	/**
	 * A key that is read from the cluster. Compared by identity.
	 */
	static final class Ticket {

		private final Object id;

		private Ticket(Object id) {
			this.id = id;
		}

	}

	/**
	 * What is held from one loss of events to the next.
	 */
	private static final class Contents {

		private final boolean active;

		private final long number;

		private final Map<Object, Cell> cells = new ConcurrentHashMap<>();

		/**
		 * Where to look for an entry to remove next.
		 */
		private Iterator<Cell> hand = this.cells.values().iterator();

		/**
		 * Whether there was no room for an entry.
		 */
		private boolean overflown;

		/**
		 * Whether all entries of the map are here. Becomes true once at most.
		 */
		private volatile boolean complete;

		Contents(boolean active, long number) {
			this.active = active;
			this.number = number;
		}

		void overflow() {
			this.overflown = true;
			this.complete = false;
		}

	}

}
