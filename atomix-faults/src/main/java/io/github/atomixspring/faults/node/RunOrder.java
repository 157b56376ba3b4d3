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

package io.github.atomixspring.faults.node;

import java.util.List;

/**
 * The order to begin with workloads.
 *
 * @param workloads their names
 * @param epoch when the round began, of {@link System#nanoTime()}
 * @param seed decides what the callers do
 * @param paceMillis the pause between two calls of a caller
 */
public record RunOrder(List<String> workloads, long epoch, long seed, long paceMillis) {

}
