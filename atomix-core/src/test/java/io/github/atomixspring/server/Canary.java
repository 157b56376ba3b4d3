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

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * A class that sings when it is loaded, made, read or given a property. Nothing may name
 * it but by a text.
 */
public final class Canary implements Serializable {

	private static final long serialVersionUID = 1;

	static {
		sing();
	}

	public Canary() {
		sing();
	}

	public Canary(String text) {
		sing();
	}

	public void setName(String name) {
		sing();
	}

	private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
		input.defaultReadObject();
		sing();
	}

	private static void sing() {
		System.setProperty("atomix.test.canary", "sung");
	}

}
