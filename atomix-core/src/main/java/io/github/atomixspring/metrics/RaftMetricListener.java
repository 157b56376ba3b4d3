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

package io.github.atomixspring.metrics;

/**
 * Is told which metrics the Raft server of a member has. One at a time; must not block.
 *
 * @since 0.1.0
 */
public interface RaftMetricListener {

	/**
	 * Called for each metric that is there or comes.
	 * @param metric the metric
	 */
	void onAdded(RaftMetric metric);

	/**
	 * Called for each metric that goes: its follower is no more, or its server was closed
	 * or is rebuilt.
	 * @param metric the metric
	 */
	void onRemoved(RaftMetric metric);

}
