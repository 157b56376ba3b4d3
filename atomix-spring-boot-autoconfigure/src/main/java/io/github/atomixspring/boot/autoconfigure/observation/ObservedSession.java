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

package io.github.atomixspring.boot.autoconfigure.observation;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.metrics.OperationObserver;
import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has the operations of the node observed once everything is configured, also if beans
 * are made lazily.
 */
class ObservedSession implements SmartInitializingSingleton, DisposableBean {

	private final Atomix atomix;

	private final OperationObserver observer;

	private @Nullable Registration registration;

	ObservedSession(Atomix atomix, OperationObserver observer) {
		this.atomix = atomix;
		this.observer = observer;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.registration = this.atomix.session().addObserver(this.observer);
	}

	@Override
	public void destroy() {
		if (this.registration != null) {
			this.registration.close();
		}
	}

}
