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

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The classes that this virtual machine has loaded.
 */
final class LoadedClasses {

	private LoadedClasses() {
	}

	/**
	 * Returns whether a class has been loaded by any loader.
	 * @param name the name of the class
	 * @return whether it has
	 */
	static boolean contains(String name) {
		try {
			String hierarchy = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmClassHierarchy",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			return hierarchy.contains(name);
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
