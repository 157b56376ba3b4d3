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

package io.github.atomixspring.server;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * Asks a member to make its directory ready for a feature level: software that does not
 * know it refuses the directory from then on.
 *
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster
 * @param level the level
 */
@JsonFormat(shape = Shape.ARRAY)
record LevelRequest(String cluster, String clusterId, int level) {

	/**
	 * Checks the texts: they may come from anyone.
	 */
	LevelRequest {
		DescribeRequest.checkText(cluster);
		DescribeRequest.checkText(clusterId);
	}

}
