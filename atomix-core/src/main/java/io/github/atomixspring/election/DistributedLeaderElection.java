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

package io.github.atomixspring.election;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;

/**
 * Elects one leader among candidates, in the order in which they came.
 * <p>
 * Each leadership has a term that grows for ever and serves as a fencing token. A node
 * counts itself as leader only inside a lease that it enforces by its own monotonic
 * clock: {@link #isLeader(String)} is false before the cluster can elect another.
 * Candidacies belong to the session of the node; when it expires the node campaigns again
 * by itself in the new session, at the end of the line.
 *
 * @since 0.1.0
 */
public interface DistributedLeaderElection extends DistributedPrimitive {

	/**
	 * Enters the election. Returns when the candidacy is registered, not when it is
	 * elected; entering twice does nothing. If the answer is lost or the operation
	 * timeout passes, the candidacy is withdrawn. If an earlier session of a node of the
	 * same id still has the candidate, as after a crash, this waits for its end.
	 * @param candidate the name of the candidate, unique in this election: 1 to 256
	 * characters, not blank
	 * @return the leadership as it is then
	 * @throws CandidateExistsException if the session of another node has this candidate
	 */
	Leadership campaign(String candidate);

	/**
	 * Leaves the election, and the leadership if the candidate has it. Leaving without
	 * having entered does nothing.
	 * @param candidate the name of the candidate
	 */
	void resign(String candidate);

	/**
	 * Makes a candidate the leader, in a new term. The old leader is told and not waited
	 * for: while its node cannot be reached it may take itself for the leader until its
	 * lease ends. Terms tell the two apart.
	 * @param candidate the name of the candidate, of any node
	 * @return whether it is the leader now; false if it is no candidate
	 */
	boolean anoint(String candidate);

	/**
	 * Moves a candidate to the front of the line without deposing the leader.
	 * @param candidate the name of the candidate, of any node
	 * @return whether it is a candidate
	 */
	boolean promote(String candidate);

	/**
	 * Removes a candidate of any node. Its node is told and does not campaign again by
	 * itself. If it leads, it is not waited for, as with {@link #anoint}.
	 * @param candidate the name of the candidate
	 * @return whether it was a candidate
	 */
	boolean evict(String candidate);

	/**
	 * Returns the leadership, linearizably.
	 * @return the leader, the term and all candidates
	 */
	Leadership leadership();

	/**
	 * Returns whether the candidate of this node leads and this node can vouch for it
	 * now. Does not ask the cluster.
	 * @param candidate the name of a candidate entered through this instance
	 * @return whether it leads
	 */
	boolean isLeader(String candidate);

	/**
	 * Adds an observer that is told of each change of leader or candidates. It needs no
	 * candidacy. The first event is a {@link LeadershipEvent.Type#RESYNC} with the
	 * leadership at the registration; whenever events may have been missed there is
	 * another. The observer comes back by itself in a new session. A node whose session
	 * is suspended sees its own leadership end at once, by an event of the type
	 * {@link LeadershipEvent.Type#SUSPENDED}. A leadership that a candidate of this node
	 * won in an earlier session is shown as nobody's.
	 * @param observer the observer
	 * @return the registration, once the cluster knows of it
	 */
	Registration observe(LeadershipObserver observer);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedLeaderElection async();

}
