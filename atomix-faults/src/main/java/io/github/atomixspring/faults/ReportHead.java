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

/**
 * How a report came about.
 *
 * @param date when, by the calendar
 * @param command the command
 * @param commit the commit of the sources, or what is known of it
 * @param machine the machine
 * @param network the network between the nodes
 */
record ReportHead(String date, String command, String commit, String machine, String network) {

}
