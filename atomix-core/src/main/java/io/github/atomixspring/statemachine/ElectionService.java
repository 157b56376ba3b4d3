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
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Result.Flag;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of an election: candidates in the order of succession, of which
 * the first leads. Whenever another becomes the first, a new term begins.
 */
final class ElectionService extends Service {

	private static final int MAX_CANDIDATES = 10_000;

	private final List<Candidate> candidates = new ArrayList<>();

	private long term;

	ElectionService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof ElectionMessages.Campaign campaign) {
			return campaign(new Candidate(campaign.candidate(), session), context);
		}
		if (command instanceof ElectionMessages.Resign resign) {
			int position = position(resign.candidate());
			if (position < 0 || this.candidates.get(position).session != session) {
				return new Flag(false);
			}
			remove(position, context);
			return new Flag(true);
		}
		if (command instanceof ElectionMessages.Anoint anoint) {
			return anoint(position(anoint.candidate()), context);
		}
		if (command instanceof ElectionMessages.Promote promote) {
			return promote(position(promote.candidate()), context);
		}
		if (command instanceof ElectionMessages.Evict evict) {
			return evict(position(evict.candidate()), context);
		}
		return misfit(command);
	}

	@Override
	Long version(Bytes key) {
		return this.candidates.isEmpty() ? 0L : this.term;
	}

	private Result campaign(Candidate candidate, Context context) {
		if (candidate.name.length() > PrimitiveId.MAX_NAME_LENGTH) {
			// All names are part of each answer and event.
			return ErrorCode.LIMIT
				.failure("The name of a candidate may have " + PrimitiveId.MAX_NAME_LENGTH + " characters");
		}
		int position = position(candidate.name);
		if (position >= 0) {
			long owner = this.candidates.get(position).session;
			return (owner == candidate.session) ? leadership(context)
					: ErrorCode.CANDIDATE_EXISTS.failure("The candidate '" + candidate.name + "' of the election '"
							+ id().name() + "' belongs to the node '" + context.node(owner) + "'");
		}
		if (this.candidates.size() >= MAX_CANDIDATES) {
			return ErrorCode.LIMIT.failure("The election '" + id().name() + "' has " + MAX_CANDIDATES + " candidates");
		}
		this.candidates.add(candidate);
		if (this.candidates.size() == 1) {
			this.term = context.nextNumber();
		}
		changed(context);
		return leadership(context);
	}

	private Result anoint(int position, Context context) {
		if (position > 0) {
			Candidate anointed = this.candidates.remove(position);
			Candidate deposed = this.candidates.set(0, anointed);
			this.candidates.add(deposed);
			this.term = context.nextNumber();
			changed(context);
		}
		return new Flag(position >= 0);
	}

	private Result promote(int position, Context context) {
		if (position > 1) {
			this.candidates.add(1, this.candidates.remove(position));
			changed(context);
		}
		return new Flag(position >= 0);
	}

	private Result evict(int position, Context context) {
		if (position >= 0) {
			Candidate evicted = this.candidates.get(position);
			remove(position, context);
			context.send(evicted.session, new ElectionMessages.Changed(id(), leadership(context), evicted.name));
			context.left(id(), evicted.session);
		}
		return new Flag(position >= 0);
	}

	private void remove(int position, Context context) {
		this.candidates.remove(position);
		if (position == 0 && !this.candidates.isEmpty()) {
			this.term = context.nextNumber();
		}
		changed(context);
	}

	private int position(String name) {
		for (int i = 0; i < this.candidates.size(); i++) {
			if (this.candidates.get(i).name.equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private void changed(Context context) {
		Event event = new ElectionMessages.Changed(id(), leadership(context), null);
		concerned().forEach((session) -> context.send(session, event));
	}

	private TreeSet<Long> concerned() {
		TreeSet<Long> sessions = new TreeSet<>(listeners());
		this.candidates.forEach((candidate) -> sessions.add(candidate.session));
		return sessions;
	}

	private ElectionMessages.Leadership leadership(Context context) {
		List<String> names = this.candidates.stream().map(Candidate::name).toList();
		if (names.isEmpty()) {
			return new ElectionMessages.Leadership(null, null, 0, this.term, names);
		}
		long session = this.candidates.get(0).session;
		return new ElectionMessages.Leadership(names.get(0), context.node(session), session, this.term, names);
	}

	@Override
	Result read(Query query, Context context) {
		return (query instanceof ElectionMessages.Info) ? leadership(context) : misfit(query);
	}

	@Override
	void release(long session, Context context) {
		Candidate leader = leader();
		if (this.candidates.removeIf((candidate) -> candidate.session == session)) {
			if (leader() != null && leader() != leader) {
				this.term = context.nextNumber();
			}
			changed(context);
		}
	}

	private @Nullable Candidate leader() {
		return this.candidates.isEmpty() ? null : this.candidates.get(0);
	}

	@Override
	void destroy(Context context) {
		concerned().forEach((session) -> context.send(session, new Event.Destroyed(id())));
	}

	@Override
	boolean isEmpty() {
		return this.candidates.isEmpty() && this.term == 0;
	}

	@Override
	boolean isHolder(long session) {
		return this.candidates.stream().anyMatch((candidate) -> candidate.session == session);
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>();
		this.candidates.forEach((candidate) -> sessions.add(candidate.session));
		return sessions;
	}

	@Override
	Iterator<SnapshotPart> capture() {
		return List.<SnapshotPart>of(new Part(this.term, List.copyOf(this.candidates))).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part election = (Part) part;
		this.term = election.term();
		this.candidates.addAll(election.candidates());
	}

	/**
	 * A candidate and the session it belongs to.
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Candidate(String name, long session) {

	}

	/**
	 * The candidates of an election.
	 *
	 * @param term the last term
	 * @param candidates the candidates, in order
	 */
	@JsonTypeName("5")
	record Part(long term, List<Candidate> candidates) implements SnapshotPart {

	}

}
