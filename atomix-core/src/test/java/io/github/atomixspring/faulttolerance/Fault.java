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

package io.github.atomixspring.faulttolerance;

/**
 * What can happen to a member.
 */
enum Fault {

	/**
	 * Its process ends without a word and is started again with its data.
	 */
	KILL {

		@Override
		void begin(Nodes nodes, String victim) {
			nodes.kill(victim);
		}

		@Override
		void end(Nodes nodes, String victim) {
			nodes.restart(victim);
		}

	},

	/**
	 * The network cuts it off from the other members, but not from the client.
	 */
	ISOLATE {

		@Override
		void begin(Nodes nodes, String victim) {
			nodes.isolate(victim);
		}

		@Override
		void end(Nodes nodes, String victim) {
			nodes.heal(victim);
		}

	},

	/**
	 * Its process stands still for a while.
	 */
	PAUSE {

		@Override
		void begin(Nodes nodes, String victim) {
			nodes.pause(victim);
		}

		@Override
		void end(Nodes nodes, String victim) {
			nodes.resume(victim);
		}

	};

	abstract void begin(Nodes nodes, String victim);

	abstract void end(Nodes nodes, String victim);

}
