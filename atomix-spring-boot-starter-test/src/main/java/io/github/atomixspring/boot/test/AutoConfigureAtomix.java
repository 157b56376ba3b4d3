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

package io.github.atomixspring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test an Atomix node that is a cluster of its own: real consensus on a free port
 * of the loopback interface, with its data in a temporary directory. Works with
 * {@code @SpringBootTest} and with all test slices, to which it adds the
 * auto-configuration.
 * <p>
 * Each application context has a node, a port and a directory of its own, also contexts
 * of parallel tests. Tests whose contexts are the same share one from the context cache,
 * and with it the state of the cluster. The directory is deleted when the context is
 * closed.
 * <p>
 * Mode, members, address and directory of the application's configuration do not count.
 * Everything else does; {@code atomix.raft.election-timeout} is short unless it is
 * configured. {@code atomix.enabled} is true.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureAtomix {

}
