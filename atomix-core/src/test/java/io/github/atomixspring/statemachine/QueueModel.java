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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A queue and those who wait at it in plain Java, for {@link QueueServiceTests}.
 */
final class QueueModel {

	private final int capacity;

	private final List<Slot> slots = new ArrayList<>();

	private final List<Claim> takers = new ArrayList<>();

	private final List<Claim> putters = new ArrayList<>();

	private final Map<String, Slot> taken = new TreeMap<>();

	private final Map<String, Boolean> accepted = new TreeMap<>();

	private final Map<Long, List<String>> grants = new TreeMap<>();

	private final long timeToLive;

	private int age;

	private long now;

	int returned;

	int handedOver;

	int expired;

	int expiredOutside;

	QueueModel(int capacity, long timeToLive) {
		this.capacity = capacity;
		this.timeToLive = timeToLive;
	}

	List<Integer> elements() {
		return this.slots.stream().map(Slot::element).toList();
	}

	List<String> grants(long session) {
		List<String> told = this.grants.remove(session);
		return (told != null) ? told : List.of();
	}

	private static String key(long session, long number) {
		return session + "/" + number;
	}

	private boolean isFull() {
		return this.slots.size() >= this.capacity;
	}

	private void append(int element) {
		this.slots.add(new Slot(this.age++, element, this.now + this.timeToLive));
	}

	private void settleDown() {
		boolean changed = true;
		while (changed) {
			changed = false;
			while (!this.takers.isEmpty() && !this.slots.isEmpty()) {
				Claim taker = this.takers.remove(0);
				Slot slot = this.slots.remove(0);
				this.taken.put(taker.key(), slot);
				tell(taker, "[" + slot.element() + "]");
				this.handedOver++;
			}
			while (!this.putters.isEmpty() && !isFull()) {
				Claim putter = this.putters.remove(0);
				append(putter.element());
				this.accepted.put(putter.key(), true);
				tell(putter, "null");
				changed = true;
			}
		}
	}

	private void tell(Claim claim, String what) {
		this.grants.computeIfAbsent(claim.session(), (session) -> new ArrayList<>())
			.add(claim.number() + " granted " + what);
	}

	void elapse(long millis) {
		this.now += millis;
		for (boolean changed = true; changed;) {
			changed = this.slots.removeIf((slot) -> {
				boolean over = slot.deadline() <= this.now;
				this.expired += over ? 1 : 0;
				return over;
			});
			settleDown();
		}
	}

	boolean offer(int... elements) {
		if (elements.length > this.capacity - this.slots.size() + this.takers.size()) {
			return false;
		}
		Arrays.stream(elements).forEach(this::append);
		settleDown();
		return true;
	}

	String put(long session, long number, int element) {
		Claim claim = new Claim(session, number, element);
		if (isFull()) {
			this.putters.add(claim);
			return "queued";
		}
		append(element);
		this.accepted.put(claim.key(), true);
		settleDown();
		return "granted null";
	}

	String take(long session, long number) {
		Claim claim = new Claim(session, number, 0);
		if (this.slots.isEmpty()) {
			this.takers.add(claim);
			return "queued";
		}
		Slot slot = this.slots.remove(0);
		this.taken.put(claim.key(), slot);
		settleDown();
		return "granted [" + slot.element() + "]";
	}

	void settle(long session, long number) {
		this.taken.remove(key(session, number));
		this.accepted.remove(key(session, number));
	}

	String withdraw(long session, long number) {
		this.takers.removeIf((claim) -> claim.key().equals(key(session, number)));
		this.putters.removeIf((claim) -> claim.key().equals(key(session, number)));
		if (this.accepted.remove(key(session, number)) != null) {
			return "granted null";
		}
		Slot slot = this.taken.remove(key(session, number));
		if (slot != null && slot.deadline() <= this.now) {
			this.expiredOutside++;
		}
		else if (slot != null) {
			int index = 0;
			while (index < this.slots.size() && this.slots.get(index).age() < slot.age()) {
				index++;
			}
			this.slots.add(index, slot);
			this.returned++;
			settleDown();
		}
		return "none";
	}

	List<List<Integer>> poll(int limit) {
		List<List<Integer>> polled = new ArrayList<>();
		int count = Math.min(limit, this.slots.size());
		for (int i = 0; i < count; i++) {
			polled.add(List.of(this.slots.remove(0).element()));
		}
		settleDown();
		return polled;
	}

	boolean removeFirst(int element) {
		for (int i = 0; i < this.slots.size(); i++) {
			if (this.slots.get(i).element() == element) {
				this.slots.remove(i);
				settleDown();
				return true;
			}
		}
		return false;
	}

	void clear() {
		this.slots.clear();
		settleDown();
	}

	void end(long session) {
		this.takers.removeIf((claim) -> claim.session() == session);
		this.putters.removeIf((claim) -> claim.session() == session);
		this.taken.keySet().removeIf((key) -> key.startsWith(session + "/"));
		this.accepted.keySet().removeIf((key) -> key.startsWith(session + "/"));
		this.grants.remove(session);
	}

	/**
	 * An element and its place.
	 */
	private record Slot(int age, int element, long deadline) {

	}

	/**
	 * A request.
	 */
	private record Claim(long session, long number, int element) {

		String key() {
			return QueueModel.key(this.session, this.number);
		}

	}

}
