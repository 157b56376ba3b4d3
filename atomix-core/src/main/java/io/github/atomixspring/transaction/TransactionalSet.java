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

package io.github.atomixspring.transaction;

import java.time.Duration;

/**
 * A set in a transaction. Elements are never null.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public interface TransactionalSet<E> {

	/**
	 * Returns whether an element is there: as this transaction has left it, or as it is
	 * on the cluster, the same each time. The commit depends on it.
	 * @param element the element
	 * @return whether it is there
	 */
	boolean contains(E element);

	/**
	 * Adds an element, with the default time to live of the set. One that is there stays
	 * as it is. The commit does not depend on whether it was there.
	 * @param element the element
	 */
	void add(E element);

	/**
	 * Adds an element that is removed after the given time, counted from the commit. One
	 * that is there stays as it is.
	 * @param element the element
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void add(E element, Duration timeToLive);

	/**
	 * Removes an element. The commit does not depend on whether it was there.
	 * @param element the element
	 */
	void remove(E element);

}
