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

package io.github.atomixspring.server;

import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.statemachine.ReplicatedState;

/**
 * A query that waits for its turn.
 *
 * @param link the link it came over
 * @param ask the frame
 * @param query the query
 */
record PendingRead(GatewayLink link, ClientFrame.Ask ask, Query query) implements RatisStateMachine.StateTask {

	@Override
	public void run(ReplicatedState state, long index) {
		this.link.answer(this.ask.id(), index, RatisStateMachine.answer(state, this.query));
	}

	@Override
	public void abandoned() {
		// The link is being closed, and its session asks again over the next one.
	}

}
