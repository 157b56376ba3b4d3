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

package io.github.atomixspring.lock;

import org.jspecify.annotations.Nullable;

/**
 * What a thread has of a lock: its grant and how often it entered. Touched by that thread
 * only.
 */
final class ThreadHold {

	private final Grant grant;

	private final @Nullable ThreadHold lost;

	private int entries = 1;

	/**
	 * Creates a hold that was entered once.
	 * @param grant the grant
	 * @param lost an older hold of the thread, lost and not yet told so, or null
	 */
	ThreadHold(Grant grant, @Nullable ThreadHold lost) {
		this.grant = grant;
		this.lost = lost;
	}

	Grant grant() {
		return this.grant;
	}

	boolean isLost() {
		return this.grant.state() == Grant.State.LOST;
	}

	void enter() {
		if (this.entries == Integer.MAX_VALUE) {
			throw new IllegalMonitorStateException("The lock was entered too often by one thread");
		}
		this.entries++;
	}

	/**
	 * Leaves once.
	 * @return whether the thread is out
	 */
	boolean leave() {
		return --this.entries == 0;
	}

	/**
	 * Returns what the thread has to be told after this hold has ended.
	 * @return the older hold, or null
	 */
	@Nullable ThreadHold remainder() {
		return this.lost;
	}

	/**
	 * Returns this hold as the older one of a new hold. Only the newest loss is told.
	 * @return the hold without older ones
	 */
	ThreadHold asRemainder() {
		return new ThreadHold(this.grant, null);
	}

}
