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

import io.github.atomixspring.cluster.StateDigest;
import org.jspecify.annotations.Nullable;

/**
 * What the engine of a member knows of its state machine.
 *
 * @param snapshotIndex the index of the last snapshot, or -1
 * @param digest the last computed digest of the state, or null
 * @param problem what is wrong and what to do, or null; the member goes on
 */
record EngineStatus(long snapshotIndex, @Nullable StateDigest digest, @Nullable String problem) {

}
