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

package io.github.atomixspring;

import java.time.Duration;

/**
 * An open session of the cluster. A node has one with each partition.
 *
 * @param id the id
 * @param node the id of its node
 * @param timeout after which time without contact the cluster ends it
 * @param remaining the replicated time until it ends unless its node is heard of
 * @param partition the number of the partition it is a session with; ids are unique in
 * each
 * @since 0.1.0
 */
public record SessionInfo(long id, String node, Duration timeout, Duration remaining, int partition) {

}
