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

package io.github.atomixspring.boot.autoconfigure;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.TlsConfig;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configures a node that is a member of its cluster.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnReplicaCondition.class)
@ConditionalOnMissingBean(Atomix.class)
class ReplicaConfiguration {

	@Bean(destroyMethod = "close")
	AtomixReplica atomix(AtomixProperties properties, AtomixConnectionDetails connectionDetails, NodeTls nodeTls,
			AtomixThreads threads, ObjectProvider<AtomixReplicaCustomizer> customizers) {
		TlsConfig tls = nodeTls.create(connectionDetails);
		NodeSettings settings = NodeSettings.forReplica(properties, connectionDetails.getMembers(), tls != null);
		AtomixReplica.Builder builder = AtomixReplica.builder()
			.clusterName(properties.getCluster().getName())
			.nodeId(settings.id())
			.members(settings.members())
			.partitions(properties.getPartitions())
			.storageDirectory(properties.getStorage().getDirectory())
			.minFreeSpace(properties.getStorage().getMinFreeSpace().toBytes())
			.maxHeapUse(properties.getMemory().getMaxHeapUse())
			.sessionTimeout(properties.getSession().getTimeout())
			.operationTimeout(properties.getSession().getOperationTimeout())
			.electionTimeout(properties.getRaft().getElectionTimeout())
			.raftProperties(properties.getRaft().getProperties())
			.insecure(properties.getSecurity().isInsecure())
			.tls(tls)
			.callbackExecutor(threads.callbackExecutor());
		PropertyMapper map = PropertyMapper.get();
		map.from(properties.getNode()::getBindHost).as(String::trim).to(builder::bindHost);
		map.from(properties.getRaft()::getSnapshotThreshold).to(builder::snapshotThreshold);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

}
