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

package io.github.atomixspring.protocol;

/**
 * The levels of what members of different releases understand alike: kinds of log
 * entries, commands and parts of snapshots, and what they do.
 * <p>
 * All members must do the same with each entry of the log. So a cluster has one level,
 * which is part of the replicated state: what a later level brought does not exist below
 * it, whatever software a member runs. The leader {@linkplain LogEntry.Raise raises} the
 * level when all members have said that they know the next one. Whoever changes what an
 * entry does adds a level here, says it by {@link LogEntry.Item#level()} or
 * {@link Command#level()}, and keeps the former behaviour for the levels before.
 */
public final class FeatureLevel {

	/**
	 * What the first members wrote, who know nothing of levels.
	 */
	public static final int BASE = 1;

	/**
	 * Backups are brought back through the log.
	 */
	public static final int RESTORE = 2;

	/**
	 * Members may have no vote.
	 */
	public static final int LISTENERS = 2;

	/**
	 * Commands are refused by entries of the log.
	 */
	public static final int REFUSALS = 2;

	/**
	 * The greatest level that this software knows.
	 */
	public static final int LATEST = RESTORE;

	private FeatureLevel() {
	}

}
