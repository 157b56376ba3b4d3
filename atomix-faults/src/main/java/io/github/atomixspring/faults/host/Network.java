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

package io.github.atomixspring.faults.host;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.atomixspring.cluster.Member;

/**
 * The network between the nodes. It is there as long as it is not closed, and is broken
 * and mended by one thread.
 */
public interface Network extends AutoCloseable {

	/**
	 * Returns what the report says about it.
	 * @return a sentence
	 */
	String description();

	/**
	 * Returns where members are reached.
	 * @return name and address of each node that the network was made for, by names
	 */
	Map<String, Member> members();

	/**
	 * Returns where a member is reached.
	 * @param node the name of a node that the network was made for
	 * @return its name and address
	 */
	default Member member(String node) {
		Member member = members().get(node);
		if (member == null) {
			throw new IllegalArgumentException("There is no node " + node);
		}
		return member;
	}

	/**
	 * Returns the words before the command of a process that make it run on the network.
	 * @param node the name of a node that the network was made for
	 * @return the words, perhaps none
	 */
	List<String> launcher(String node);

	/**
	 * Loses from now on what is sent in some directions, in addition to those before.
	 * @param directions the directions
	 * @throws IOException if it cannot be done
	 */
	void block(Collection<Direction> directions) throws IOException;

	/**
	 * Loses nothing any more.
	 * @throws IOException if it cannot be done
	 */
	void heal() throws IOException;

	/**
	 * Tells a process that has started, or after a change, what it has to lose itself.
	 * @param host the host of the process
	 * @throws IOException if it cannot be told
	 */
	void instruct(Host host) throws IOException;

	/**
	 * Returns the directions that are blocked.
	 * @return the directions
	 */
	Set<Direction> blocked();

	/**
	 * Tries whether a direction is blocked indeed.
	 * @param direction the direction
	 * @return whether it is
	 * @throws IOException if that cannot be tried
	 */
	boolean probe(Direction direction) throws IOException;

	/**
	 * Returns how much was lost on the hosts so far.
	 * @param hosts the hosts
	 * @return the number of packets or messages
	 * @throws IOException if they cannot be counted
	 */
	long lost(Collection<Host> hosts) throws IOException;

	/**
	 * Takes the network down.
	 */
	@Override
	void close() throws IOException;

}
