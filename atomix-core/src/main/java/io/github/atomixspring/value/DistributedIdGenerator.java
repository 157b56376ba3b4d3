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

package io.github.atomixspring.value;

import io.github.atomixspring.primitive.DistributedPrimitive;

/**
 * Generates positive ids that are unique on the whole cluster for ever: no other node,
 * and no later generator of this or another name, gets one of them again, also after
 * {@link #destroy()}, restarts of all members, and snapshots. On one node each id is
 * greater than all that were returned there before, also over restarts of the node; ids
 * of different nodes are in no order. They have gaps.
 * <p>
 * A node fetches ids in ranges, the next one before the present one is used up, so that
 * {@link #nextId()} hardly ever waits. The ids that are left when the node stops or the
 * instance is closed are never used. So is a range whose answer was lost: another one is
 * fetched in its place, and the method never throws
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException}.
 * <p>
 * While ids of a range are left they are given out without the cluster, also by a node
 * that is cut off from it.
 *
 * @since 0.1.0
 */
public interface DistributedIdGenerator extends DistributedPrimitive {

	/**
	 * Returns a new id.
	 * @return the id, positive
	 * @throws io.github.atomixspring.primitive.UnavailableException if no id is left here
	 * and none could be fetched within the operation timeout
	 */
	long nextId();

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedIdGenerator async();

}
