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

package io.github.atomixspring.benchmarks;

import java.util.List;

/**
 * A load: what is done, and how many times at once.
 */
enum Step {

	/** Map put, one thread. */
	PUT_1(Kind.PUT, 1, "put, 1 thread"),

	/** Map put, 32 threads. */
	PUT_32(Kind.PUT, 32, "put, 32 threads"),

	/** Map put, 256 in flight from one thread. */
	PUT_ASYNC_256(Kind.PUT_ASYNC, 256, "put, 256 in flight"),

	/** Linearizable get, one thread. */
	GET_1(Kind.GET, 1, "get, 1 thread"),

	/** Linearizable get, 32 threads. */
	GET_32(Kind.GET, 32, "get, 32 threads"),

	/** Linearizable get, 256 in flight from one thread. */
	GET_ASYNC_256(Kind.GET_ASYNC, 256, "get, 256 in flight"),

	/** Lock and unlock, one thread. */
	LOCK_1(Kind.LOCK_PAIR, 1, "lock+unlock, 1 thread"),

	/** Lock and unlock, 32 threads with a lock each. */
	LOCK_32(Kind.LOCK_PAIR, 32, "lock+unlock, 32 threads"),

	/** Hand-over of one lock among eight threads. */
	HANDOVER_8(Kind.HANDOVER, 8, "hand-over, 8 contenders"),

	/** Publish to one subscriber, 32 in flight, each until it was received. */
	PUBLISH_1(Kind.PUBLISH_TO_ONE, 32, "publish to 1 subscriber, 32 in flight"),

	/** Publish to 50 subscribers, 32 in flight, each until all have received it. */
	PUBLISH_50(Kind.PUBLISH_TO_FIFTY, 32, "publish to 50 subscribers, 32 in flight"),

	/** Elements through eight queues to another client that waits for them. */
	QUEUE_8(Kind.QUEUE, 8, "queue hand-off, 8 threads");

	/**
	 * The steps by which systems are warmed up.
	 */
	static final List<Step> WARM_UP = List.of(PUT_32, PUT_ASYNC_256, GET_32, LOCK_32, HANDOVER_8, PUT_1, GET_ASYNC_256,
			PUBLISH_1);

	private final Kind kind;

	private final int concurrency;

	private final String title;

	Step(Kind kind, int concurrency, String title) {
		this.kind = kind;
		this.concurrency = concurrency;
		this.title = title;
	}

	Kind kind() {
		return this.kind;
	}

	int concurrency() {
		return this.concurrency;
	}

	String title() {
		return this.title;
	}

	/**
	 * Returns whether the step needs a topic or a queue.
	 * @return whether plain Ratis has nothing to compare with
	 */
	boolean isMessaging() {
		return this.kind == Kind.PUBLISH_TO_ONE || this.kind == Kind.PUBLISH_TO_FIFTY || this.kind == Kind.QUEUE;
	}

	/**
	 * What is done.
	 */
	enum Kind {

		/** Puts by blocking threads. */
		PUT,

		/** Puts by one thread that does not wait. */
		PUT_ASYNC,

		/** Gets by blocking threads. */
		GET,

		/** Gets by one thread that does not wait. */
		GET_ASYNC,

		/** Each thread takes and gives back a lock of its own. */
		LOCK_PAIR,

		/** All threads contend for one lock. */
		HANDOVER,

		/** Messages to a topic with one subscriber. */
		PUBLISH_TO_ONE,

		/** Messages to a topic with fifty subscribers, each a client of its own. */
		PUBLISH_TO_FIFTY,

		/** Each thread puts into a queue of its own, from which another client takes. */
		QUEUE

	}

}
