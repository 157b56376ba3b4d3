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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Leader;
import io.github.atomixspring.protocol.GroupMessages.Member;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group. Those that have a session are candidates for its leadership, in
 * the order in which they entered last; the first leads, and whenever another becomes the
 * first a new term begins.
 */
final class GroupMembers {

	private static final int MAX_MEMBERS = 10_000;

	/**
	 * All members are one answer, which must fit into a frame however the text is
	 * encoded.
	 */
	private static final long MAX_WEIGHT = 1 << 20;

	private static final int FIXED_WEIGHT = 32;

	private final Service service;

	private final Map<String, Member> members = new LinkedHashMap<>();

	private final TreeMap<Long, String> candidates = new TreeMap<>();

	private final TreeMap<Long, TreeSet<String>> sessions = new TreeMap<>();

	private final TreeMap<Bytes, Expiry> expiries = new TreeMap<>();

	private long weight;

	private long version;

	private long leaderNumber;

	private long term;

	/**
	 * Creates an empty group.
	 * @param service the service whose members they are
	 */
	GroupMembers(Service service) {
		this.service = service;
	}

	@Nullable Member get(String id) {
		return this.members.get(id);
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	boolean hasSession(long session) {
		return this.sessions.containsKey(session);
	}

	NavigableSet<Long> sessions() {
		return this.sessions.navigableKeySet();
	}

	GroupMessages.State state(@Nullable String id) {
		Collection<Member> selected = this.members.values();
		if (id != null) {
			Member member = this.members.get(id);
			selected = (member != null) ? List.of(member) : List.of();
		}
		return new GroupMessages.State(this.version, List.copyOf(selected), leader());
	}

	private Leader leader() {
		Map.Entry<Long, String> first = this.candidates.firstEntry();
		return new Leader((first != null) ? first.getValue() : null, this.term);
	}

	Result join(GroupMessages.Join join, long session, Context context) {
		String id = join.member();
		if (id.isBlank()) {
			return ErrorCode.ILLEGAL.failure("The id of a member must not be blank");
		}
		if (id.length() > PrimitiveId.MAX_NAME_LENGTH) {
			return ErrorCode.LIMIT
				.failure("The id of a member may have " + PrimitiveId.MAX_NAME_LENGTH + " characters");
		}
		Member old = this.members.get(id);
		if (old != null
				&& (old.persistent() != join.persistent() || (old.session() != 0 && old.session() != session))) {
			return new GroupMessages.Joined(old, false);
		}
		long number = (old != null && old.session() != 0) ? old.number() : 0;
		Member member = new Member(id, number, context.node(session), session, join.persistent(), join.metadata());
		if (member.equals(old)) {
			return new GroupMessages.Joined(member, true);
		}
		if ((old == null && this.members.size() >= MAX_MEMBERS)
				|| this.weight - weight(old) + weight(member) > MAX_WEIGHT) {
			return ErrorCode.LIMIT.failure("The group '" + this.service.id().name() + "' may have " + MAX_MEMBERS
					+ " members, whose ids, nodes and metadata have less than " + MAX_WEIGHT + " characters");
		}
		if (number == 0) {
			member = enter(member, old, context);
		}
		put(member);
		changed((old != null) ? GroupMessages.Changed.UPDATED : GroupMessages.Changed.JOINED, member, context);
		return new GroupMessages.Joined(member, true);
	}

	private Member enter(Member member, @Nullable Member old, Context context) {
		if (old != null) {
			stopExpiry(old, context);
		}
		Member entered = new Member(member.id(), context.nextNumber(), member.node(), member.session(),
				member.persistent(), member.metadata());
		this.candidates.put(entered.number(), entered.id());
		this.sessions.computeIfAbsent(entered.session(), (session) -> new TreeSet<>()).add(entered.id());
		elect(context);
		return entered;
	}

	private void put(Member member) {
		this.weight += weight(member) - weight(this.members.put(member.id(), member));
	}

	private static long weight(@Nullable Member member) {
		return (member != null) ? FIXED_WEIGHT + member.weight() : 0;
	}

	/**
	 * Removes a member.
	 * @param member the member
	 * @param context the rest of the state
	 */
	void remove(Member member, Context context) {
		this.members.remove(member.id());
		this.weight -= weight(member);
		stopExpiry(member, context);
		this.candidates.remove(member.number());
		this.sessions.computeIfPresent(member.session(), (session, ids) -> {
			ids.remove(member.id());
			return ids.isEmpty() ? null : ids;
		});
		elect(context);
		changed(GroupMessages.Changed.LEFT, member, context);
	}

	/**
	 * Takes the members of a session that has ended out. Persistent ones stay, without a
	 * session.
	 * @param session the session
	 * @param expiration after which time those are removed, or zero for never
	 * @param context the rest of the state
	 * @return the members as they were
	 */
	List<Member> release(long session, long expiration, Context context) {
		TreeSet<String> ids = this.sessions.remove(session);
		if (ids == null) {
			return List.of();
		}
		List<Member> lost = new ArrayList<>(ids.size());
		for (String id : ids) {
			Member member = this.members.get(id);
			if (member != null) {
				// All at once: one that has died must not be elected on the way.
				this.candidates.remove(member.number());
				lost.add(member);
			}
		}
		elect(context);
		lost.forEach((member) -> lose(member, expiration, context));
		return lost;
	}

	private void lose(Member member, long expiration, Context context) {
		if (!member.persistent()) {
			this.members.remove(member.id());
			this.weight -= weight(member);
			changed(GroupMessages.Changed.LEFT, member, context);
			return;
		}
		Member dead = new Member(member.id(), member.number(), member.node(), 0, true, member.metadata());
		put(dead);
		if (expiration > 0) {
			startExpiry(new Expiry(dead.id(), Service.deadline(expiration, context)), Bytes.of(dead.number()), context);
		}
		changed(GroupMessages.Changed.UPDATED, dead, context);
	}

	private void startExpiry(Expiry expiry, Bytes key, Context context) {
		this.expiries.put(key, expiry);
		context.startTimer(this.service.id(), key, expiry.deadline);
	}

	private void stopExpiry(Member member, Context context) {
		Bytes key = Bytes.of(member.number());
		Expiry expiry = this.expiries.remove(key);
		if (expiry != null) {
			context.stopTimer(this.service.id(), key, expiry.deadline);
		}
	}

	/**
	 * Returns the member that is to be removed when a timer falls due.
	 * @param key the key of the timer
	 * @return the member, or null if it is not to be removed any more
	 */
	@Nullable Member expired(Bytes key) {
		Expiry expiry = this.expiries.get(key);
		return (expiry != null) ? this.members.get(expiry.member) : null;
	}

	/**
	 * Stops all timers: the group is destroyed.
	 * @param context the rest of the state
	 */
	void stopTimers(Context context) {
		this.expiries.forEach((key, expiry) -> context.stopTimer(this.service.id(), key, expiry.deadline));
	}

	private void elect(Context context) {
		long first = this.candidates.isEmpty() ? 0 : this.candidates.firstKey();
		if (first != this.leaderNumber) {
			this.leaderNumber = first;
			if (first != 0) {
				this.term = context.nextNumber();
			}
		}
	}

	private void changed(int kind, Member member, Context context) {
		this.version = context.nextNumber();
		this.service.publish(new GroupMessages.Changed(this.service.id(), kind, this.version, member, leader()),
				context);
	}

	Part capture() {
		List<Entry> entries = new ArrayList<>(this.members.size());
		for (Member member : this.members.values()) {
			Expiry expiry = this.expiries.get(Bytes.of(member.number()));
			entries.add(new Entry(member, (expiry != null) ? expiry.deadline : 0));
		}
		return new Part(this.version, this.term, entries);
	}

	void restore(Part part, Context context) {
		this.version = part.version();
		this.term = part.term();
		for (Entry entry : part.members()) {
			Member member = entry.member();
			put(member);
			if (member.session() != 0) {
				this.candidates.put(member.number(), member.id());
				this.sessions.computeIfAbsent(member.session(), (session) -> new TreeSet<>()).add(member.id());
			}
			if (entry.deadline() != 0) {
				startExpiry(new Expiry(member.id(), entry.deadline()), Bytes.of(member.number()), context);
			}
		}
		this.leaderNumber = this.candidates.isEmpty() ? 0 : this.candidates.firstKey();
	}

	/**
	 * When a member without a session is removed.
	 */
	private record Expiry(String member, long deadline) {

	}

	/**
	 * The members of a group.
	 *
	 * @param version the version of the group
	 * @param term the last term
	 * @param members the members, in order
	 */
	@JsonTypeName("90")
	record Part(long version, long term, List<Entry> members) implements SnapshotPart {

	}

	/**
	 * A member.
	 *
	 * @param member the member
	 * @param deadline the replicated time at which it is removed, or zero
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Entry(Member member, long deadline) {

	}

}
