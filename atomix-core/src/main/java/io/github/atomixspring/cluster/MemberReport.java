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

package io.github.atomixspring.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a configured member said about itself.
 *
 * @param member the member
 * @param status its status, or null if it did not answer in time
 * @param error why there is no status, or null if there is one
 * @since 0.1.0
 */
public record MemberReport(Member member, @Nullable NodeStatus status, @Nullable String error) {

}
