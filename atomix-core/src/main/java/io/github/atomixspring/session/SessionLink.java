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

package io.github.atomixspring.session;

import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * One link of a session, from the first attempt to open it to its end. The stage is
 * guarded by the lock of the session; the link itself is only touched by the outbound
 * queue, one task at a time.
 */
final class SessionLink implements LinkHandler {

	private final Connector connector;

	private final Owner owner;

	/**
	 * How far the link has come.
	 */
	private Stage stage = Stage.GREETING;

	/**
	 * Whether an answer came from the log over this link.
	 */
	private boolean useful;

	private volatile boolean detached;

	private @Nullable Link link;

	SessionLink(Connector connector, Owner owner) {
		this.connector = connector;
		this.owner = owner;
	}

	Stage stage() {
		return this.stage;
	}

	void enter(Stage entered) {
		this.stage = entered;
	}

	boolean isUseful() {
		return this.useful;
	}

	void markUseful() {
		this.useful = true;
	}

	/**
	 * The session has given this link up: nothing is sent any more.
	 */
	void detach() {
		this.detached = true;
	}

	/**
	 * Opens the link. Called by the outbound queue.
	 * @param hello the first frame
	 */
	void open(ClientFrame hello) {
		if (this.detached) {
			return;
		}
		try {
			this.link = this.connector.connect(this);
		}
		catch (RuntimeException ex) {
			this.owner.lost(this, ex);
			return;
		}
		send(hello);
	}

	/**
	 * Sends a frame. Called by the outbound queue.
	 * @param frame the frame
	 */
	void send(ClientFrame frame) {
		Link target = this.link;
		if (target == null || this.detached) {
			return;
		}
		try {
			target.send(frame);
		}
		catch (RuntimeException ex) {
			this.owner.lost(this, ex);
		}
	}

	/**
	 * Closes the link. Called by the outbound queue.
	 */
	void close() {
		Link target = this.link;
		if (target != null) {
			this.link = null;
			target.close();
		}
	}

	@Override
	public void received(ServerFrame frame) {
		this.owner.received(this, frame);
	}

	@Override
	public void closed(@Nullable Throwable cause) {
		this.owner.lost(this, cause);
	}

	/**
	 * How far a link has come.
	 */
	enum Stage {

		/**
		 * The member has not said yet whether it leads.
		 */
		GREETING,

		/**
		 * The session is being opened, or brought to the link.
		 */
		OPENING,

		/**
		 * The session is on the link.
		 */
		READY

	}

	/**
	 * The session of a link.
	 */
	interface Owner {

		/**
		 * A frame has arrived.
		 * @param source the link
		 * @param frame the frame
		 */
		void received(SessionLink source, ServerFrame frame);

		/**
		 * The link was closed or could not be opened.
		 * @param source the link
		 * @param cause the cause, or null if it was closed in order
		 */
		void lost(SessionLink source, @Nullable Throwable cause);

	}

}
