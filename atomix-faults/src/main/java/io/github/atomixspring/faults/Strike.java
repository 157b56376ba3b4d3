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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.faults.host.Host;
import io.github.atomixspring.faults.host.MountedDisk;
import io.github.atomixspring.faults.node.NodeView;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a fault: what was done, to be undone at its end, and the evidence
 * that it was there.
 */
final class Strike {

	private static final Duration CATCH_UP = Duration.ofSeconds(60);

	private static final Duration CHANGE = Duration.ofSeconds(40);

	private static final int CHANGES = 3;

	/**
	 * How long members are given to notice what is wrong with their disks: some write to
	 * them now and then only.
	 */
	private static final Duration NOTICE = Duration.ofSeconds(30);

	private final Fault fault;

	private final Cluster cluster;

	private final Random random;

	private final Set<Host> victims = new LinkedHashSet<>();

	private final List<Host> dead = new ArrayList<>();

	private final List<Host> paused = new ArrayList<>();

	private final Set<Direction> blocked = new LinkedHashSet<>();

	private final Set<Host> full = new LinkedHashSet<>();

	private final Set<Host> broken = new LinkedHashSet<>();

	private final List<String> evidence = new ArrayList<>();

	private long lostBefore;

	private long refusedBefore;

	private boolean leaderLost;

	private boolean majority = true;

	private boolean hit = true;

	private long begin;

	private long effective;

	Strike(Fault fault, Cluster cluster, Random random) {
		this.fault = fault;
		this.cluster = cluster;
		this.random = random;
	}

	Cluster cluster() {
		return this.cluster;
	}

	Random random() {
		return this.random;
	}

	/**
	 * Lets the fault begin.
	 * @throws IOException if it cannot
	 */
	void begin() throws IOException {
		this.cluster.awaitLeader();
		this.refusedBefore = refusals();
		this.begin = System.nanoTime();
		this.fault.begin(this);
		this.effective = System.nanoTime();
	}

	/**
	 * Returns who leads.
	 * @return the host
	 * @throws IOException if nobody does
	 */
	Host leader() throws IOException {
		return this.cluster.awaitLeader();
	}

	/**
	 * Returns those who do not lead.
	 * @return the hosts, in an order that chance decides
	 * @throws IOException if nobody leads
	 */
	List<Host> followers() throws IOException {
		Host leader = leader();
		List<Host> followers = new ArrayList<>(
				this.cluster.members().stream().filter((host) -> host != leader).toList());
		Collections.shuffle(followers, this.random);
		return followers;
	}

	/**
	 * Returns all members.
	 * @return the hosts, in an order that chance decides
	 */
	List<Host> shuffled() {
		List<Host> members = new ArrayList<>(this.cluster.members());
		Collections.shuffle(members, this.random);
		return members;
	}

	/**
	 * Notes that the leader is lost to its followers.
	 */
	void leaderLost() {
		this.leaderLost = true;
	}

	/**
	 * Notes that there is no majority while the fault is there.
	 */
	void noMajority() {
		this.majority = false;
	}

	void kill(Collection<Host> hosts) throws IOException {
		for (Host host : hosts) {
			long pid = host.pid();
			int code = host.kill();
			this.victims.add(host);
			this.dead.add(host);
			prove(code == 137 && host.processState().equals("gone"),
					"process %d of %s ended with %d".formatted(pid, host, code));
		}
	}

	void stop(Host host, Duration timeout) throws IOException {
		long pid = host.pid();
		int code = host.stop(timeout);
		this.victims.add(host);
		this.dead.add(host);
		prove(code == 0, "process %d of %s ended by itself with %d".formatted(pid, host, code));
	}

	void pause(Collection<Host> hosts) throws IOException {
		for (Host host : hosts) {
			host.pause();
			this.victims.add(host);
			this.paused.add(host);
			prove(Clock.await(Duration.ofSeconds(5), () -> state(host).equals("T")),
					"process %d of %s is in state %s".formatted(host.pid(), host, host.processState()));
		}
	}

	private static String state(Host host) {
		try {
			return host.processState();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Loses what is sent in some directions.
	 * @param affected whom it hits
	 * @param directions the directions
	 * @throws IOException if it cannot be done
	 */
	void block(Collection<Host> affected, Collection<Direction> directions) throws IOException {
		this.victims.addAll(affected);
		this.lostBefore = this.cluster.network().lost(this.cluster.all());
		this.cluster.block(directions);
		this.blocked.addAll(directions);
		for (Direction direction : directions) {
			if (!this.cluster.network().probe(direction)) {
				prove(false, direction + " is open");
			}
		}
		this.evidence
			.add("blocked " + directions.stream().map(Direction::toString).sorted().collect(Collectors.joining(" ")));
	}

	/**
	 * Fills the disk of a member.
	 * @param host the member
	 * @param left how many bytes to leave
	 * @throws IOException if it cannot be done
	 */
	void fill(Host host, long left) throws IOException {
		this.victims.add(host);
		this.full.add(host);
		long before = disk(host).free();
		disk(host).fill(left);
		long after = disk(host).free();
		prove(before > left && after <= left, "%s had %d bytes free, now %d".formatted(host, before, after));
	}

	/**
	 * Breaks the disks of members at the same time.
	 * @param hosts the members
	 * @throws IOException if it cannot be done
	 */
	void breakDisks(Collection<Host> hosts) throws IOException {
		this.victims.addAll(hosts);
		this.broken.addAll(hosts);
		MountedDisk.cut(hosts.stream().map(Strike::disk).toList());
		for (Host host : hosts) {
			String problem = disk(host).problem();
			prove(!problem.isEmpty(), "disk of %s: %s".formatted(host, problem));
		}
	}

	private static MountedDisk disk(Host host) {
		if (host.disk() instanceof MountedDisk disk) {
			return disk;
		}
		throw new IllegalStateException(host + " has no disk of its own");
	}

	/**
	 * Waits until a member tells how it is now.
	 * @param host the member
	 * @return what it tells
	 * @throws IOException if it tells nothing
	 */
	NodeView awaitNews(Host host) throws IOException {
		long now = System.nanoTime();
		NodeView view = Clock.awaitValue(NOTICE,
				() -> host.view().filter((told) -> told.time() - now > 0).orElse(null));
		if (view == null) {
			throw new IOException("%s tells nothing: %s".formatted(host, host.view()));
		}
		return view;
	}

	/**
	 * Waits until a member tells that something is wrong.
	 * @param host the member
	 * @param text what it must say
	 * @throws IOException if the thread is interrupted
	 */
	void awaitProblem(Host host, String text) throws IOException {
		awaitView(host, (view) -> String.valueOf(view.problem()).contains(text));
	}

	/**
	 * Waits until a member tells that it has failed.
	 * @param host the member
	 * @throws IOException if the thread is interrupted
	 */
	void awaitFailed(Host host) throws IOException {
		awaitView(host, (view) -> view.state().equals("FAILED") && view.problem() != null);
	}

	private void awaitView(Host host, Predicate<NodeView> wanted) throws IOException {
		AtomicReference<@Nullable NodeView> seen = new AtomicReference<>();
		boolean truth = Clock.await(NOTICE, () -> {
			NodeView view = host.view().orElse(null);
			seen.set(view);
			return view != null && wanted.test(view);
		});
		NodeView view = seen.get();
		prove(truth,
				(view != null) ? "%s is %s: %s".formatted(host, view.state(), view.problem()) : host + " says nothing");
	}

	/**
	 * Waits until calls were refused for want of room.
	 * @throws IOException if the thread is interrupted
	 */
	void awaitRefusals() throws IOException {
		boolean truth = Clock.await(NOTICE, () -> refusals() > 0);
		prove(truth, refusals() + " calls refused for want of room");
	}

	private long refusals() {
		return this.cluster.all().stream().map(Host::view).flatMap(Optional::stream).mapToLong(NodeView::refused).sum()
				- this.refusedBefore;
	}

	/**
	 * Adds evidence.
	 * @param truth whether the fault was there
	 * @param text what was seen
	 */
	void prove(boolean truth, String text) {
		this.hit &= truth;
		this.evidence.add((truth) ? text : "NOT HIT: " + text);
	}

	void restart(Host host) throws IOException {
		this.cluster.restart(host);
		this.dead.remove(host);
		awaitRunning(host);
	}

	/**
	 * Starts a new process on an empty disk: it waits to be added.
	 * @param host the host
	 * @throws IOException if it does not start
	 */
	void startEmpty(Host host) throws IOException {
		this.cluster.restart(host);
		this.dead.remove(host);
	}

	/**
	 * Lets a member change the members of the cluster, as often as it is needed.
	 * @param host the member that is asked
	 * @param command what it is to do
	 * @param argument with whom
	 * @throws IOException if it cannot be done
	 */
	void change(Host host, String command, Object argument) throws IOException {
		IOException failure = null;
		for (int i = 0; i < CHANGES; i++) {
			try {
				host.ask(command, argument, CHANGE);
				prove(true, "%s: %s %s".formatted(host, command, argument));
				return;
			}
			catch (IOException ex) {
				failure = ex;
				this.evidence.add("%s: cannot %s yet, %s".formatted(host, command, ex.getMessage()));
			}
		}
		throw new IOException("%s could not %s %s".formatted(host, command, argument), failure);
	}

	/**
	 * Waits until a member takes part again and has what the leader had.
	 * @param host the member
	 * @throws IOException if it does not
	 */
	void awaitRunning(Host host) throws IOException {
		long applied = this.cluster.awaitLeader().view().orElseThrow().appliedIndex();
		if (!Clock.await(CATCH_UP,
				() -> host.view().filter((view) -> view.runs() && view.appliedIndex() >= applied).isPresent())) {
			throw new IOException("%s has not caught up with %d after %s: %s".formatted(host, applied, CATCH_UP,
					host.view().orElse(null)));
		}
	}

	void unblock() throws IOException {
		if (!this.blocked.isEmpty()) {
			long lost = this.cluster.network().lost(this.cluster.all()) - this.lostBefore;
			prove(lost > 0, lost + " packets or messages lost");
			this.cluster.heal();
			this.blocked.clear();
		}
	}

	/**
	 * Makes disks whole and roomy again; a process must end before its disk can be
	 * mounted anew.
	 */
	private void mend() throws IOException {
		for (Host host : this.full) {
			disk(host).clear();
			this.evidence.add("%s has %d bytes free again".formatted(host, disk(host).free()));
		}
		kill(this.broken.stream().filter(Host::isAlive).toList());
		for (Host host : this.broken) {
			boolean lost = disk(host).restore();
			prove(lost, "disk of %s mounted again without what was not forced".formatted(host));
		}
		this.broken.clear();
	}

	/**
	 * Undoes what is still there of the fault.
	 * @return what is to be said of it
	 * @throws IOException if it cannot be undone
	 */
	Band end() throws IOException {
		unblock();
		for (Host host : this.paused) {
			prove(host.processState().equals("T"), host + " stood still until the end");
			host.resume();
		}
		this.paused.clear();
		mend();
		Collections.shuffle(this.dead, this.random);
		this.cluster.restart(List.copyOf(this.dead));
		for (Host host : this.dead) {
			awaitRunning(host);
		}
		this.dead.clear();
		for (Host host : this.full) {
			awaitRunning(host);
		}
		return new Band(this.fault, this.begin, this.effective, System.nanoTime(),
				this.victims.stream().map(Host::id).toList(), this.leaderLost, this.majority, this.hit,
				String.join("; ", this.evidence));
	}

}
