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

package io.github.atomixspring.protocol;

/**
 * A {@link Command} that gives something back: a claim, a place in a queue of waiters, a
 * message that is done with, a whole primitive; or that only says which events a session
 * wants. It is small and makes the state no larger, so that it is taken while the members
 * have too little room for others.
 */
public interface Releasing {

}
