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

package io.github.atomixspring.group;

/**
 * To whom a message of a group goes.
 *
 * @since 0.1.0
 */
public enum Delivery {

	/**
	 * To one member. It is kept until that member has a consumer, also while a persistent
	 * member is dead.
	 */
	DIRECT,

	/**
	 * To one consumer, drawn at random among those that are alive. If that is lost before
	 * it has settled the message another gets it; while there is none it is kept.
	 */
	RANDOM,

	/**
	 * To all consumers that are alive. It is kept for persistent members that are dead
	 * and had a consumer, too, but nobody waits for those.
	 */
	BROADCAST

}
