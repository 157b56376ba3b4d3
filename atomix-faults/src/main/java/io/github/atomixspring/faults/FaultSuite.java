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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.atomixspring.faults.host.LoopbackNetwork;
import io.github.atomixspring.faults.host.MountedDisk;
import io.github.atomixspring.faults.host.NamespaceNetwork;
import io.github.atomixspring.faults.host.Network;
import io.github.atomixspring.faults.host.Shell;
import io.github.atomixspring.faults.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Plays rounds of faults and says whether all was well.
 */
@Command(name = "atomix-faults", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Lets faults happen to clusters of real processes and judges what they did. "
				+ "The exit code is 0 if all cells passed, 1 if one failed, 3 if none failed but some rows cannot be "
				+ "played here.")
public final class FaultSuite implements Callable<Integer> {

	private static final List<String> SHORT = List.of("kill-leader+isolate-leader+pause-leader",
			"kill-all+bridge+deaf-leader", "lagging-follower+replace-member", "rolling-restart+pause-followers");

	private static final int SHORT_SECONDS = 20;

	/**
	 * The short cut is played on machines that do other work, too: there it may take
	 * twice as long until calls succeed again.
	 */
	private static final int SHORT_SLACK = 2;

	/**
	 * The exit code if nothing failed, but not all was played. That of a wrong option is
	 * 2.
	 */
	private static final int NOT_ALL_PLAYED = 3;

	private final String started = ZonedDateTime.now(ZoneOffset.UTC)
		.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'"));

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandLine.Model.CommandSpec spec;

	private String networkDescription = "";

	@Option(names = "--workloads", split = ",", paramLabel = "NAME",
			description = "What the clusters do; default: all.")
	private List<String> workloads = Arrays.stream(Workload.values()).map(Workload::id).toList();

	@Option(names = "--faults", split = ",", paramLabel = "NAME",
			description = "What happens to them, one after the other, each to a new cluster; several joined by '+' "
					+ "happen to the same; default: all.")
	private List<String> faults = Arrays.stream(Fault.values()).map(Fault::id).toList();

	@Option(names = "--seconds", defaultValue = "60", paramLabel = "N",
			description = "How long faults go on in a cell; default: ${DEFAULT-VALUE}.")
	private int seconds;

	@Option(names = "--members", defaultValue = "3", paramLabel = "N",
			description = "How many members a cluster has; default: ${DEFAULT-VALUE}.")
	private int members;

	@Option(names = "--seed", defaultValue = "1", paramLabel = "N",
			description = "Decides when which fault hits whom; default: ${DEFAULT-VALUE}.")
	private long seed;

	@Option(names = "--short",
			description = "The short cut: a few clusters to which several faults happen, in a few minutes.")
	private boolean shortCut;

	@Option(names = "--report", paramLabel = "FILE", description = "Writes a page of HTML.")
	private @Nullable Path report;

	@Option(names = "--red-gate",
			description = "Sows each bug in a cluster of its own; the exit code is 0 if all were noticed.")
	private boolean redGate;

	@Option(names = "--seed-bug", paramLabel = "KIND", description = "Sows a bug in the members.")
	private @Nullable String bug;

	@Option(names = "--loopback",
			description = "Uses the loopback interface also where network namespaces can be made.")
	private boolean loopback;

	@Option(names = "--keep", description = "Keeps histories and logs also if all cells passed.")
	private boolean keep;

	@Option(names = "--directory", paramLabel = "DIR",
			description = "Where the processes write; default: the directory for temporary files.")
	private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

	/**
	 * Runs the suite.
	 * @param args the options
	 */
	public static void main(String[] args) {
		System.exit(new CommandLine(new FaultSuite()).execute(args));
	}

	@Override
	public Integer call() throws IOException {
		if (this.redGate && this.bug != null) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"--red-gate sows all bugs: leave out --seed-bug");
		}
		Path work = WorkDirectory.create(this.directory.toAbsolutePath());
		List<RoundResult> results = new ArrayList<>();
		List<String> missed = new ArrayList<>();
		for (Round round : rounds()) {
			RoundResult result = playIfPossible(round, work.resolve(Integer.toString(results.size())));
			results.add(result);
			if (this.redGate) {
				boolean caught = RedGate.caught(result);
				System.out.printf("  %s %s%n", round.bug(), (caught) ? "was caught" : "WAS NOT CAUGHT");
				if (!caught) {
					missed.add(String.valueOf(round.bug()));
				}
			}
			report(results);
		}
		boolean passed = (this.redGate) ? missed.isEmpty()
				: results.stream().filter(RoundResult::played).allMatch(RoundResult::passed);
		if (passed && !this.keep) {
			WorkDirectory.delete(work);
		}
		else {
			System.out.println("The histories and logs are in " + work);
		}
		return conclude(passed, results.stream().filter((result) -> !result.played()).count());
	}

	private static int conclude(boolean passed, long notPlayed) {
		if (!passed) {
			System.out.println("NOT ALL IS WELL.");
			return 1;
		}
		if (notPlayed > 0) {
			System.out.printf("What was played is well, but %d ROWS WERE NOT PLAYED.%n", notPlayed);
			return NOT_ALL_PLAYED;
		}
		System.out.println("All is well.");
		return 0;
	}

	private void report(List<RoundResult> results) throws IOException {
		if (this.report != null) {
			Files.createDirectories(this.report.toAbsolutePath().getParent());
			Files.writeString(this.report, new HtmlReport(head(), results).render());
		}
	}

	private ReportHead head() {
		String command = "java -jar atomix-faults/target/atomix-faults.jar "
				+ String.join(" ", this.spec.commandLine().getParseResult().originalArgs());
		String machine = "%d processors, Java %s, %s %s".formatted(Runtime.getRuntime().availableProcessors(),
				Runtime.version(), System.getProperty("os.name"), System.getProperty("os.version"));
		return new ReportHead(this.started, command, commit(), machine, this.networkDescription);
	}

	private static String commit() {
		try {
			String changes = Shell.run("git", "status", "--porcelain", "--untracked-files=no").strip();
			return Shell.run("git", "rev-parse", "--short", "HEAD").strip()
					+ ((changes.isEmpty()) ? "" : " and changes that are not committed");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private RoundResult playIfPossible(Round round, Path work) throws IOException {
		String obstacle = round.obstacle();
		if (!obstacle.isEmpty()) {
			System.out.printf("%s: NOT PLAYED, %s%n", round.name(), obstacle);
			return RoundResult.notPlayed(round, obstacle);
		}
		return play(round, work);
	}

	private RoundResult play(Round round, Path work) throws IOException {
		try (Network network = network(round)) {
			Thread hook = new Thread(() -> abandon(network, work));
			Runtime.getRuntime().addShutdownHook(hook);
			try {
				System.out.printf("%s: %d members on %s%n", round.name(), round.members(), this.networkDescription);
				RoundResult result = result(round, network, work);
				print(result);
				return result;
			}
			finally {
				Runtime.getRuntime().removeShutdownHook(hook);
				MountedDisk.unmount(work);
			}
		}
	}

	/**
	 * Plays a round. If it breaks off the others are played all the same.
	 * @param round the round
	 * @param network its network
	 * @param work its directory
	 * @return the result
	 */
	private static RoundResult result(Round round, Network network, Path work) {
		try {
			return round.play(network, work);
		}
		catch (IOException ex) {
			ex.printStackTrace();
			return RoundResult.brokenOff(round, "The round was broken off: " + ex.getMessage());
		}
	}

	private static void print(RoundResult result) {
		for (Cell cell : result.cells()) {
			System.out.println("  " + cell);
			cell.failures().forEach((failure) -> System.out.print(failure.indent(4)));
		}
		System.out.printf("  digests %s after %d ms: %s%n", (result.digests().equal()) ? "equal" : "NOT EQUAL",
				result.digests().millis(), result.digests().text());
	}

	/**
	 * Takes down what is there when the suite is told to end in the middle of a round.
	 * @param network the network
	 * @param work the directory of the round
	 */
	private static void abandon(Network network, Path work) {
		ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
		try {
			network.close();
		}
		catch (IOException ex) {
			System.err.println("Cannot take down the network: " + ex.getMessage());
		}
		try {
			MountedDisk.unmount(work);
		}
		catch (IOException ex) {
			System.err.println("Cannot unmount the disks: " + ex.getMessage());
		}
	}

	private List<Round> rounds() {
		if (this.redGate) {
			return RedGate.rounds(this.members, this.seed);
		}
		List<Workload> chosen = this.workloads.stream().map(Workload::of).toList();
		List<String> rows = (this.shortCut) ? SHORT : this.faults;
		int most = (this.shortCut) ? SHORT_SECONDS : this.seconds;
		return rows.stream().map((name) -> {
			List<Fault> joined = Arrays.stream(name.split("\\+")).map(Fault::of).toList();
			int least = joined.stream().mapToInt(Fault::minMembers).max().orElse(0);
			return new Round(name, chosen, joined, Math.max(this.members, least), Duration.ofSeconds(most), this.seed,
					this.bug, (this.shortCut) ? SHORT_SLACK : 1);
		}).toList();
	}

	private Network network(Round round) throws IOException {
		List<String> names = Cluster.names(round.members());
		String obstacle = (this.loopback) ? "not wanted" : NamespaceNetwork.obstacle();
		Network network = (obstacle.isEmpty()) ? NamespaceNetwork.create(names) : new LoopbackNetwork(names);
		this.networkDescription = network.description()
				+ ((obstacle.isEmpty()) ? "" : " (no network namespaces: " + obstacle + ")");
		return network;
	}

}
