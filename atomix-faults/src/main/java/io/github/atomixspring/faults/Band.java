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

package io.github.atomixspring.faults;

import java.util.List;

/**
 * A fault that was there for a while.
 *
 * @param fault which
 * @param begin when it began
 * @param effective since when it was there in full
 * @param end when it was over: processes run again, the network is whole
 * @param victims whom it hit
 * @param leaderLost whether it took the leader from its followers
 * @param majority whether most of the members were up and connected all the time
 * @param hit whether there is evidence that it was there
 * @param evidence the evidence
 */
record Band(Fault fault, long begin, long effective, long end, List<String> victims, boolean leaderLost,
		boolean majority, boolean hit, String evidence) {

}
