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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MultimapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a multimap: for each key its values, each once.
 * <p>
 * Both orders of values are kept, as the configuration that chooses one may come after
 * the first entry.
 */
final class MultimapService extends Service {

	private static final byte[] NOTHING = new byte[0];

	private static final int MAX_BYTES = 1 << 20;

	private static final int ENTRIES_PER_PART = 1_000;

	private final NavigableMap<Bytes, ValuesOfKey> keys = new TreeMap<>();

	/**
	 * Entries with a deadline by the keys of their timers.
	 */
	private final TreeMap<Bytes, Entry> expiring = new TreeMap<>();

	private long size;

	MultimapService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof MultimapMessages.Put put) {
			if (put.timeToLive() < 0) {
				return illegalTimeToLive();
			}
			createWith(put.natural());
			return new Result.Flag(addAll(new Bytes(put.key()), put.values(), put.timeToLive(), context));
		}
		if (command instanceof MultimapMessages.Remove remove) {
			ValuesOfKey values = this.keys.get(new Bytes(remove.key()));
			Entry entry = (values != null) ? values.byValue.get(new Bytes(remove.value())) : null;
			if (entry != null) {
				remove(entry, EntryChanged.REMOVED, context);
			}
			return new Result.Flag(entry != null);
		}
		if (command instanceof MultimapMessages.Replace replace) {
			return replace(replace, context);
		}
		if (command instanceof MultimapMessages.Clear) {
			for (Entry entry : inOrder(this.keys.values())) {
				remove(entry, EntryChanged.REMOVED, context);
			}
			return new Result.Done();
		}
		return misfit(command);
	}

	private static Result illegalTimeToLive() {
		return ErrorCode.ILLEGAL.failure("The time to live must not be negative");
	}

	/**
	 * Makes the order that of the multimap if it was not created: somebody may have
	 * destroyed it after the caller created it.
	 * @param natural whether the caller knows the natural order
	 */
	private void createWith(boolean natural) {
		if (natural && !isExplicit()) {
			configure(List.of(Setting.NATURAL_ORDER));
		}
	}

	private boolean addAll(Bytes key, List<byte[]> values, long timeToLive, Context context) {
		boolean added = false;
		for (byte[] value : values) {
			added |= add(key, new Bytes(value), timeToLive, context);
		}
		return added;
	}

	private boolean add(Bytes key, Bytes value, long timeToLive, Context context) {
		ValuesOfKey present = this.keys.get(key);
		if (present != null && present.byValue.containsKey(value)) {
			return false;
		}
		Entry entry = new Entry(key, value, context.nextNumber(), deadline(timeToLive, context));
		insert(entry, context);
		publish(new EntryChanged(id(), EntryChanged.WRITTEN, key.content(), null, value.content(), entry.position),
				context);
		return true;
	}

	private void insert(Entry entry, Context context) {
		ValuesOfKey values = this.keys.computeIfAbsent(entry.key, (key) -> new ValuesOfKey());
		values.byValue.put(entry.value, entry);
		values.byPosition.put(entry.position, entry);
		this.size++;
		if (entry.deadline != 0) {
			this.expiring.put(entry.timer(), entry);
			context.startTimer(id(), entry.timer(), entry.deadline);
		}
	}

	private void remove(Entry entry, int kind, Context context) {
		ValuesOfKey values = this.keys.get(entry.key);
		if (values == null) {
			return;
		}
		values.byValue.remove(entry.value);
		values.byPosition.remove(entry.position);
		if (values.byValue.isEmpty()) {
			this.keys.remove(entry.key);
		}
		this.size--;
		if (entry.deadline != 0) {
			this.expiring.remove(entry.timer());
			context.stopTimer(id(), entry.timer(), entry.deadline);
		}
		publish(new EntryChanged(id(), kind, entry.key.content(), entry.value.content(), null, entry.position),
				context);
	}

	private Result replace(MultimapMessages.Replace replace, Context context) {
		if (replace.timeToLive() < 0) {
			return illegalTimeToLive();
		}
		createWith(replace.natural());
		Bytes key = new Bytes(replace.key());
		ValuesOfKey present = this.keys.get(key);
		List<byte[]> removed = new ArrayList<>();
		int bytes = 0;
		for (Entry entry : inOrder((present != null) ? List.of(present) : List.of())) {
			if (bytes >= MAX_BYTES) {
				return new Result.Values(removed, true);
			}
			remove(entry, EntryChanged.REMOVED, context);
			removed.add(entry.value.content());
			bytes += entry.value.length();
		}
		addAll(key, replace.values(), replace.timeToLive(), context);
		return new Result.Values(removed, false);
	}

	private List<Entry> inOrder(Collection<ValuesOfKey> values) {
		List<Entry> entries = new ArrayList<>();
		values.forEach((ofKey) -> entries.addAll(inOrder(ofKey, null)));
		return entries;
	}

	private Collection<Entry> inOrder(ValuesOfKey values, @Nullable KeyValue after) {
		if (after == null || after.version() == 0) {
			return (isNatural() ? values.byValue : values.byPosition).values();
		}
		return (isNatural() ? values.byValue.tailMap(new Bytes(after.value()), false)
				: values.byPosition.tailMap(after.version(), false))
			.values();
	}

	private boolean isNatural() {
		return settings().contains(Setting.NATURAL_ORDER);
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof MultimapMessages.Size sizeOf) {
			byte[] key = sizeOf.key();
			ValuesOfKey values = (key != null) ? this.keys.get(new Bytes(key)) : null;
			long ofKey = (values != null) ? values.byValue.size() : 0;
			return new Result.Number((key != null) ? ofKey : this.size);
		}
		if (query instanceof MultimapMessages.Contains contains) {
			return new Result.Flag(contains(contains.key(), contains.value()));
		}
		if (query instanceof MultimapMessages.Page page) {
			return page(page);
		}
		if (query instanceof MultimapMessages.Keys page) {
			byte[] after = page.after();
			return keys((after != null) ? this.keys.tailMap(new Bytes(after), false) : this.keys, page.limit());
		}
		return misfit(query);
	}

	private boolean contains(byte @Nullable [] key, byte @Nullable [] value) {
		if (key == null) {
			Bytes wanted = (value != null) ? new Bytes(value) : null;
			return (wanted != null)
					? this.keys.values().stream().anyMatch((values) -> values.byValue.containsKey(wanted))
					: this.size > 0;
		}
		ValuesOfKey values = this.keys.get(new Bytes(key));
		return values != null && (value == null || values.byValue.containsKey(new Bytes(value)));
	}

	private Result page(MultimapMessages.Page page) {
		List<KeyValue> entries = new ArrayList<>();
		KeyValue after = page.after();
		Bytes first = (after != null) ? new Bytes(after.key()) : Bytes.EMPTY;
		int bytes = 0;
		for (Map.Entry<Bytes, ValuesOfKey> ofKey : this.keys.tailMap(first, true).entrySet()) {
			boolean same = after != null && ofKey.getKey().equals(first);
			if (page.within() && !same) {
				break;
			}
			for (Entry entry : inOrder(ofKey.getValue(), same ? after : null)) {
				if (entries.size() >= Math.max(1, page.limit()) || bytes >= MAX_BYTES) {
					return new Result.Entries(entries);
				}
				entries.add(new KeyValue(entry.key.content(), entry.value.content(), entry.position));
				bytes += entry.key.length() + entry.value.length();
			}
		}
		return new Result.Entries(entries);
	}

	private static Result keys(Map<Bytes, ValuesOfKey> keys, int limit) {
		List<KeyValue> entries = new ArrayList<>();
		int bytes = 0;
		for (Map.Entry<Bytes, ValuesOfKey> ofKey : keys.entrySet()) {
			if (entries.size() >= Math.max(1, limit) || bytes >= MAX_BYTES) {
				break;
			}
			entries.add(new KeyValue(ofKey.getKey().content(), NOTHING, ofKey.getValue().byValue.size()));
			bytes += ofKey.getKey().length();
		}
		return new Result.Entries(entries);
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		Entry entry = this.expiring.get(key);
		if (entry != null && entry.deadline == deadline) {
			remove(entry, EntryChanged.EXPIRED, context);
		}
	}

	@Override
	void destroy(Context context) {
		this.expiring.forEach((timer, entry) -> context.stopTimer(id(), timer, entry.deadline));
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	boolean isEmpty() {
		return this.size == 0;
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<Entry> captured = new ArrayList<>();
		this.keys.values().forEach((values) -> captured.addAll(values.byPosition.values()));
		return new Iterator<>() {

			private int position;

			@Override
			public boolean hasNext() {
				return this.position < captured.size();
			}

			@Override
			public SnapshotPart next() {
				List<Item> items = new ArrayList<>();
				int bytes = 0;
				while (hasNext() && items.size() < ENTRIES_PER_PART && bytes < MAX_BYTES) {
					Entry entry = captured.get(this.position++);
					items.add(new Item(entry.key.content(), entry.value.content(), entry.position, entry.deadline));
					bytes += entry.key.length() + entry.value.length();
				}
				return new Part(items);
			}

		};
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		for (Item item : ((Part) part).items()) {
			insert(new Entry(new Bytes(item.key()), new Bytes(item.value()), item.position(), item.deadline()),
					context);
		}
	}

	/**
	 * The values of a key.
	 */
	private static final class ValuesOfKey {

		private final NavigableMap<Bytes, Entry> byValue = new TreeMap<>();

		private final NavigableMap<Long, Entry> byPosition = new TreeMap<>();

	}

	/**
	 * An entry.
	 */
	private record Entry(Bytes key, Bytes value, long position, long deadline) {

		Bytes timer() {
			return Bytes.of(this.position);
		}

	}

	/**
	 * Entries of a multimap.
	 *
	 * @param items the entries, in the order of their keys
	 */
	@JsonTypeName("31")
	record Part(List<Item> items) implements SnapshotPart {

	}

	/**
	 * An entry.
	 *
	 * @param key the key
	 * @param value the value
	 * @param position the position, which grows in the order of insertion
	 * @param deadline the replicated time at which it expires, or zero
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Item(byte[] key, byte[] value, long position, long deadline) {

	}

}
