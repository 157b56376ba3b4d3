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

package io.github.atomixspring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.election.FakeElection;
import io.github.atomixspring.transaction.TransactionService;
import org.mockito.Answers;
import org.mockito.invocation.InvocationOnMock;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.willAnswer;

/**
 * A node without a cluster, for tests.
 */
public final class TestAtomix {

	private final Atomix atomix = mock(Atomix.class, TestAtomix::answer);

	private final Session session = mock(Session.class);

	private final Map<String, FakeElection> elections = new ConcurrentHashMap<>();

	private TestAtomix() {
		AtomicBoolean running = new AtomicBoolean();
		willAnswer((invocation) -> {
			running.set(true);
			return null;
		}).given(this.atomix).start();
		willAnswer((invocation) -> {
			running.set(false);
			return null;
		}).given(this.atomix).stop();
		given(this.atomix.isRunning()).willAnswer((invocation) -> running.get());
		given(this.session.node()).willReturn("n1");
		given(this.session.state()).willReturn(SessionState.CONNECTED);
		given(this.session.addListener(any())).willReturn(mock(Registration.class));
		given(this.session.addObserver(any())).willReturn(mock(Registration.class));
		given(this.atomix.session()).willReturn(this.session);
		given(this.atomix.election(anyString())).willAnswer((invocation) -> election(invocation.getArgument(0)));
	}

	// Whatever makes a primitive makes one that knows nothing but its name.
	private static Object answer(InvocationOnMock invocation) throws Throwable {
		Class<?> type = invocation.getMethod().getReturnType();
		if (DistributedPrimitive.class.isAssignableFrom(type)) {
			DistributedPrimitive primitive = (DistributedPrimitive) mock(type);
			given(primitive.name()).willReturn(invocation.getArgument(0));
			return primitive;
		}
		return (type == TransactionService.class) ? mock(type) : Answers.RETURNS_DEFAULTS.answer(invocation);
	}

	public static TestAtomix create() {
		return new TestAtomix();
	}

	/**
	 * Returns a runner of contexts with the auto-configuration and this node.
	 * @return the runner
	 */
	public ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withInitializer((context) -> register(context));
	}

	public void register(ConfigurableApplicationContext context) {
		((GenericApplicationContext) context).registerBean("atomix", Atomix.class, () -> this.atomix,
				(definition) -> definition.setDestroyMethodName(""));
	}

	public Atomix atomix() {
		return this.atomix;
	}

	public Session session() {
		return this.session;
	}

	public FakeElection election(String name) {
		return this.elections.computeIfAbsent(name, FakeElection::new);
	}

}
