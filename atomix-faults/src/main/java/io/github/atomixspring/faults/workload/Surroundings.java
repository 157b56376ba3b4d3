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

package io.github.atomixspring.faults.workload;

import java.util.concurrent.TimeUnit;

import io.github.atomixspring.Atomix;

/**
 * What a load needs to know.
 *
 * @param atomix the node
 * @param reader a client for those who only read
 * @param process the name and the number of the process
 * @param epoch when the round began
 * @param journals where it writes what it does
 * @param progress counts what it does
 */
record Surroundings(Atomix atomix, Atomix reader, String process, long epoch, Journals journals, Progress progress) {

	/**
	 * Returns a name that changes now and then, at the same time on all nodes: short
	 * histories are easier to judge.
	 * @param prefix how it begins
	 * @param millis how long it is used
	 * @return the name
	 */
	String key(String prefix, long millis) {
		return prefix + window(millis);
	}

	/**
	 * Returns the number of the present stretch of time, the same on all nodes.
	 * @param millis how long a stretch is
	 * @return the number, from 0
	 */
	long window(long millis) {
		return (System.nanoTime() - this.epoch) / TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
