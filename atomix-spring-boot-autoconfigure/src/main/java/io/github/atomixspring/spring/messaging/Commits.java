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

package io.github.atomixspring.spring.messaging;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts off work to the commit of the transaction in which the calling thread is. Only
 * used where spring-tx is on the class path.
 */
final class Commits {

	/**
	 * Its presence says that of spring-tx.
	 */
	static final String REQUIRED_CLASS = "org.springframework.transaction.support.TransactionSynchronizationManager";

	private Commits() {
	}

	/**
	 * Puts off work.
	 * @param work the work, done on this thread after the commit, and not at all after a
	 * rollback
	 * @return whether there is a transaction
	 */
	static boolean defer(Runnable work) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.isActualTransactionActive()) {
			return false;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			/**
			 * Before what listeners do after the commit, which may publish more.
			 */
			@Override
			public int getOrder() {
				return HIGHEST_PRECEDENCE;
			}

			/**
			 * Unlike the callback after a commit this one is also called for what is
			 * registered by such callbacks.
			 */
			@Override
			public void afterCompletion(int status) {
				if (status == STATUS_COMMITTED) {
					work.run();
				}
			}

		});
		return true;
	}

}
