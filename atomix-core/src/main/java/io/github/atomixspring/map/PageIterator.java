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

package io.github.atomixspring.map;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.atomixspring.protocol.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the entries of a map page by page.
 */
final class PageIterator implements Iterator<KeyValue> {

	private final Function<byte @Nullable [], List<KeyValue>> pages;

	private final Consumer<byte[]> removal;

	private Iterator<KeyValue> page;

	private byte @Nullable [] last;

	private boolean removable;

	/**
	 * Creates an iterator and reads the first page.
	 * @param pages returns the page after a key
	 * @param removal removes a key
	 */
	PageIterator(Function<byte @Nullable [], List<KeyValue>> pages, Consumer<byte[]> removal) {
		this.pages = pages;
		this.removal = removal;
		this.page = pages.apply(null).iterator();
	}

	@Override
	public boolean hasNext() {
		if (!this.page.hasNext() && this.last != null) {
			this.page = this.pages.apply(this.last).iterator();
		}
		return this.page.hasNext();
	}

	@Override
	public KeyValue next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		KeyValue entry = this.page.next();
		this.last = entry.key();
		this.removable = true;
		return entry;
	}

	@Override
	public void remove() {
		byte[] key = this.last;
		if (!this.removable || key == null) {
			throw new IllegalStateException("There is no entry to remove");
		}
		this.removable = false;
		this.removal.accept(key);
	}

}
