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

package io.github.atomixspring.faulttolerance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.SetModel;
import io.github.atomixspring.linearizability.SetModel.Input;
import io.github.atomixspring.linearizability.SetModel.Kind;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.session.SessionClient;

/**
 * Adds, removes and looks for a few elements of a set.
 */
final class SetLoad extends RecordedLoad<Input, ValueResult> {

	private static final PrimitiveId SET = PrimitiveId.of(PrimitiveType.SET, "set");

	SetLoad(Nodes nodes, String name) {
		super(nodes, name, new SetModel(), new HistoryFormat<>(Input.class, ValueResult.class));
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		String element = key("e", 600) + "-" + caller.random().nextInt(3);
		Kind kind = Kind.values()[caller.random().nextInt(3)];
		perform(caller, new Input(kind, element), () -> ask(session, kind, element));
	}

	private static CompletableFuture<ValueResult> ask(SessionClient session, Kind kind, String element) {
		List<byte[]> elements = List.of(element.getBytes(StandardCharsets.UTF_8));
		CompletableFuture<Result> result = switch (kind) {
			case ADD -> session.submit(new SetMessages.Add(SET, elements, 0));
			case REMOVE -> session.submit(new SetMessages.Remove(SET, elements));
			case CONTAINS -> session.query(new SetMessages.Contains(SET, elements), ReadConsistency.LINEARIZABLE);
		};
		return result.thenApply((flag) -> ValueResult.of(((Result.Flag) flag).value()));
	}

}
