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

package io.github.atomixspring.messaging;

/**
 * The numbers of tasks of a queue, all at one moment.
 *
 * @param pending the tasks that wait for a consumer
 * @param running the tasks that consumers have
 * @param completed the tasks that are done, since the queue was created
 * @param consumers the consumers
 * @since 0.1.0
 */
public record TaskQueueStatistics(long pending, long running, long completed, int consumers) {

}
