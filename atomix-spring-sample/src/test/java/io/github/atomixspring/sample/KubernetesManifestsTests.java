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

package io.github.atomixspring.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that the manifests in {@code deploy/kubernetes} have the form that Kubernetes
 * wants, fit each other, and fit the configuration of the sample.
 */
class KubernetesManifestsTests {

	private static final Duration STOP_OF_THE_NODE = Duration.ofSeconds(10);

	private final String yaml = DeployedEnvironment.read("kubernetes/atomix.yaml");

	private final Manifests manifests = Manifests.read(this.yaml);

	private final StatefulSetSpec set = this.manifests.the(StatefulSet.class).getSpec();

	private final PodSpec pod = this.set.getTemplate().getSpec();

	private final Container container = this.pod.getContainers().get(0);

	private final Map<String, String> labels = this.set.getTemplate().getMetadata().getLabels();

	@Test
	void kindsAreThoseOfAMember() {
		assertThat(this.manifests.all()).extracting(HasMetadata::getKind)
			.containsExactly("Service", "PodDisruptionBudget", "NetworkPolicy", "StatefulSet");
		assertThat(this.manifests.all()).extracting(HasMetadata::getApiVersion)
			.containsExactly("v1", "policy/v1", "networking.k8s.io/v1", "apps/v1");
		assertThat(this.pod.getContainers()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "podManagementPolicy: Parallel | podManagmentPolicy: Parallel",
			"value: \"true\" | value: true", "replicas: 3 | replicas: \"3\"", "replicas: 3 | replicas: three",
			"runAsNonRoot: true | runAsNonRoot: true, runAsNonRot: true", "kind: StatefulSet | kind: StatefulSett",
			"serviceName: atomix | serviceName: atomix\\n  serviceName: other",
			"publishNotReadyAddresses: true | publishNotReadyAddresses: maybe",
			"periodSeconds: 10 | periodSecond: 10" })
	void manifestsOfAnotherFormAreRefused(String right, String wrong) {
		assertThat(this.yaml).contains(right);
		String broken = this.yaml.replace(right, wrong.replace("\\n", "\n"));
		assertThatException().isThrownBy(() -> Manifests.read(broken));
	}

	@Test
	void selectorsFindThePods() {
		assertThat(this.set.getSelector().getMatchLabels()).isEqualTo(this.labels);
		Service service = this.manifests.the(Service.class);
		assertThat(service.getSpec().getSelector()).isEqualTo(this.labels);
		assertThat(this.set.getServiceName()).isEqualTo(service.getMetadata().getName());
		assertThat(this.manifests.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
			.isEqualTo(this.labels);
		NetworkPolicy policy = this.manifests.the(NetworkPolicy.class);
		assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(this.labels);
		assertThat(policy.getSpec().getIngress()).singleElement()
			.satisfies((rule) -> assertThat(rule.getFrom().get(0).getPodSelector().getMatchLabels())
				.isEqualTo(this.labels));
		assertThat(this.pod.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
			.singleElement()
			.satisfies((term) -> assertThat(term.getLabelSelector().getMatchLabels()).isEqualTo(this.labels));
	}

	@Test
	void membersMeetBeforeTheyAreReady() {
		Service service = this.manifests.the(Service.class);
		assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
		assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
		assertThat(this.set.getPodManagementPolicy()).isEqualTo("Parallel");
	}

	@Test
	void eachPodIsTheMemberOfItsName() {
		String name = this.manifests.the(StatefulSet.class).getMetadata().getName();
		List<Member> expected = IntStream.range(0, this.set.getReplicas())
			.mapToObj((ordinal) -> new Member(name + "-" + ordinal,
					name + "-" + ordinal + "." + this.set.getServiceName(), port("raft")))
			.toList();
		for (Member member : expected) {
			AtomixProperties properties = environment(member.id()).atomix();
			assertThat(properties.getCluster().getMembers()).map(Member::parse).isEqualTo(expected);
			assertThat(properties.getNode().getId()).isEqualTo(member.id());
			assertThat(properties.getNode().getBindHost()).isEqualTo("0.0.0.0");
			assertThat(properties.getSecurity().isInsecure()).isTrue();
		}
		assertThat(this.manifests.the(Service.class).getSpec().getPorts()).singleElement().satisfies((port) -> {
			assertThat(port.getPort()).isEqualTo(port("raft"));
			assertThat(port.getTargetPort()).isEqualTo(new IntOrString("raft"));
		});
		assertThat(this.manifests.the(NetworkPolicy.class).getSpec().getIngress().get(0).getPorts()).singleElement()
			.satisfies((port) -> assertThat(port.getPort()).isEqualTo(new IntOrString("raft")));
	}

	@Test
	void probesAskTheServerOfTheSample() {
		DeployedEnvironment environment = environment("atomix-0");
		assertThat(environment.profiles()).containsExactly("server");
		assertThat(environment.get("server.port", Integer.class, 0)).isEqualTo(port("http"));
		assertThat(environment.get("server.address", String.class, "")).isEqualTo("0.0.0.0");
		assertThat(environment.get("management.endpoint.health.probes.enabled", Boolean.class, false)).isTrue();
		assertThat(environment.get("management.endpoint.health.group.readiness.include", String.class, ""))
			.contains("readinessState", "atomix");
		assertProbe(this.container.getStartupProbe(), "/actuator/health/liveness");
		assertProbe(this.container.getLivenessProbe(), "/actuator/health/liveness");
		assertProbe(this.container.getReadinessProbe(), "/actuator/health/readiness");
	}

	private void assertProbe(Probe probe, String path) {
		assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
		assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString("http"));
	}

	@Test
	void dataIsOnAVolumeOfThePod() {
		assertThat(this.set.getVolumeClaimTemplates()).map(PersistentVolumeClaim::getMetadata)
			.singleElement()
			.satisfies((metadata) -> assertThat(metadata.getName()).isEqualTo("data"));
		VolumeMount data = this.container.getVolumeMounts()
			.stream()
			.filter((mount) -> mount.getName().equals("data"))
			.findFirst()
			.orElseThrow();
		assertThat(environment("atomix-0").atomix().getStorage().getDirectory().startsWith(data.getMountPath()))
			.isTrue();
		assertThat(this.container.getVolumeMounts()).map(VolumeMount::getName).contains("tmp");
		assertThat(this.pod.getVolumes()).map(Volume::getName).containsExactly("tmp");
	}

	@Test
	void aPodHasTheTimeToStop() {
		Duration phase = environment("atomix-0").get("spring.lifecycle.timeout-per-shutdown-phase", Duration.class,
				Duration.ofSeconds(30));
		long preStop = this.container.getLifecycle().getPreStop().getSleep().getSeconds();
		assertThat(this.pod.getTerminationGracePeriodSeconds())
			.isGreaterThan(preStop + phase.plus(STOP_OF_THE_NODE).toSeconds());
	}

	@Test
	void neverMoreThanOneMemberIsTakenAway() {
		assertThat(this.manifests.the(PodDisruptionBudget.class).getSpec().getMaxUnavailable())
			.isEqualTo(new IntOrString(1));
		assertThat(this.set.getUpdateStrategy().getType()).isEqualTo("RollingUpdate");
		assertThat(this.set.getMinReadySeconds()).isPositive();
		assertThat(this.set.getReplicas()).isEqualTo(3);
	}

	@Test
	void aPodMayDoNoMoreThanItNeeds() {
		assertThat(this.pod.getSecurityContext().getRunAsNonRoot()).isTrue();
		assertThat(this.pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
		assertThat(this.pod.getSecurityContext().getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
		assertThat(this.pod.getAutomountServiceAccountToken()).isFalse();
		assertThat(this.container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
		assertThat(this.container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
		assertThat(this.container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
	}

	@Test
	void memoryIsRequestedWholeAndTheProcessorNotLimited() {
		Quantity memory = this.container.getResources().getRequests().get("memory");
		assertThat(this.container.getResources().getLimits()).containsExactly(Map.entry("memory", memory));
		assertThat(this.container.getCommand()).contains("-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError",
				"-Dsun.net.inetaddr.ttl=5", "-Dnetworkaddress.cache.ttl=5");
	}

	private int port(String name) {
		return this.container.getPorts()
			.stream()
			.filter((port) -> port.getName().equals(name))
			.mapToInt(ContainerPort::getContainerPort)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns what the sample sees in a pod.
	 * @param pod the name of the pod
	 * @return the environment
	 */
	private DeployedEnvironment environment(String pod) {
		Map<String, String> variables = new HashMap<>();
		for (EnvVar variable : this.container.getEnv()) {
			String value = variable.getValue();
			if (variable.getValueFrom() != null) {
				assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
				value = pod;
			}
			assertThat(variables.put(variable.getName(), value)).as(variable.getName()).isNull();
		}
		return new DeployedEnvironment(variables);
	}

}
