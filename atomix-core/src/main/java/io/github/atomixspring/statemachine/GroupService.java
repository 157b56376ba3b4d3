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

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Member;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a group.
 */
final class GroupService extends Service {

	private final GroupMembers members = new GroupMembers(this);

	private final GroupMail mail = new GroupMail(this, this.members);

	GroupService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof GroupMessages.Join join) {
			return this.members.join(join, session, context);
		}
		if (command instanceof GroupMessages.Leave leave) {
			return remove(leaving(leave.member(), session, context), context);
		}
		if (command instanceof GroupMessages.Remove remove) {
			return remove(this.members.get(remove.member()), context);
		}
		if (command instanceof GroupMessages.Attach attach) {
			Member member = own(attach.member(), session);
			return (member != null) ? this.mail.attach(member, attach.channel(), context) : new Result.Flag(false);
		}
		if (command instanceof GroupMessages.Detach detach) {
			Member member = own(detach.member(), session);
			return new Result.Flag(member != null && this.mail.detach(member, detach.channel(), context));
		}
		if (command instanceof GroupMessages.Send send) {
			return this.mail.send(send, session, context);
		}
		if (command instanceof GroupMessages.Settle settle) {
			return (own(settle.member(), session) != null) ? this.mail.settle(settle, context) : new Result.Flag(false);
		}
		if (command instanceof GroupMessages.Forget forget) {
			return new Result.Flag(
					this.mail.requests().pending().remove(new Request(session, forget.number())) != null);
		}
		if (command instanceof GroupMessages.Inquire inquire) {
			boolean waits = this.mail.requests().pending().contains(new Request(session, inquire.number()));
			return waits ? GroupMessages.Sent.queued() : new GroupMessages.Sent(GroupMessages.Sent.UNKNOWN, List.of());
		}
		return misfit(command);
	}

	/**
	 * Returns the member that a session takes out: its own one, or a dead one of its
	 * node, which the session before has left behind.
	 * @param id the id of the member
	 * @param session the session
	 * @param context the rest of the state
	 * @return the member, or null if there is none
	 */
	private @Nullable Member leaving(String id, long session, Context context) {
		Member member = this.members.get(id);
		boolean own = member != null && (member.session() == session
				|| (member.session() == 0 && member.node().equals(context.node(session))));
		return own ? member : null;
	}

	private @Nullable Member own(String id, long session) {
		Member member = this.members.get(id);
		return (member != null && member.session() == session) ? member : null;
	}

	private Result remove(@Nullable Member member, Context context) {
		if (member == null) {
			return new Result.Flag(false);
		}
		this.members.remove(member, context);
		this.mail.lost(List.of(member), context);
		context.left(id(), member.session());
		return new Result.Flag(true);
	}

	@Override
	Result read(Query query, Context context) {
		return (query instanceof GroupMessages.Info info) ? this.members.state(info.member()) : misfit(query);
	}

	@Override
	void release(long session, Context context) {
		this.mail.requests().pending().removeAll(session);
		this.mail.lost(this.members.release(session, setting(GroupMessages.MEMBER_EXPIRATION, 0), context), context);
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		remove(this.members.expired(key), context);
	}

	@Override
	void destroy(Context context) {
		this.members.stopTimers(context);
		this.mail.requests().abort(context);
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	boolean isEmpty() {
		return this.members.isEmpty() && this.mail.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.members.sessions());
		sessions.addAll(this.mail.requests().sessions());
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.members.hasSession(session) || this.mail.requests().pending().hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<SnapshotPart> parts = this.mail.capture();
		parts.add(this.members.capture());
		return parts.iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		if (part instanceof GroupMembers.Part membersPart) {
			this.members.restore(membersPart, context);
		}
		else {
			this.mail.restore(part);
		}
	}

}
