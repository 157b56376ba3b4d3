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
 * What came of the wish to change the members.
 *
 * @param outcome {@link #DONE}, {@link #REFUSED}, {@link #UNKNOWN}, or another number for
 * what was not done and may be asked again
 * @param text the reason if it was not done
 */
@JsonFormat(shape = Shape.ARRAY)
record ChangeReply(int outcome, String text) {

	/**
	 * Nothing was done, but that may be different soon.
	 */
	static final int AGAIN = 0;

	/**
	 * The change is committed.
	 */
	static final int DONE = 1;

	/**
	 * Nothing was done, and it must not be asked again.
	 */
	static final int REFUSED = 2;

	/**
	 * The change may still be committed.
	 */
	static final int UNKNOWN = 3;

	/**
	 * Checks the text: it may come from anyone.
	 */
	ChangeReply {
		DescribeRequest.checkText(text);
	}

	static ChangeReply again(String text) {
		return new ChangeReply(AGAIN, printable(text));
	}

	static ChangeReply done() {
		return new ChangeReply(DONE, "");
	}

	static ChangeReply refused(String text) {
		return new ChangeReply(REFUSED, printable(text));
	}

	static ChangeReply unknown(String text) {
		return new ChangeReply(UNKNOWN, printable(text));
	}

	/**
	 * Makes a text of any origin one that may be sent.
	 * @param text the text
	 * @return one line of it
	 */
	static String printable(String text) {
		String line = text.replaceAll("\\p{Cntrl}+", " ");
		return (line.length() <= DescribeRequest.MAX_TEXT) ? line : line.substring(0, DescribeRequest.MAX_TEXT);
	}

}
