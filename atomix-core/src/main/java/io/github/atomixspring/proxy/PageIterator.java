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

package io.github.atomixspring.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Iterates over what is read in pages, weakly consistent.
 *
 * @param <T> the type of what is in the pages
 */
public final class PageIterator<T> implements Iterator<T> {

	private final Function<@Nullable T, List<T>> pages;

	private final Consumer<T> removal;

	private Iterator<T> page;

	private @Nullable T last;

	private boolean removable;

	/**
	 * Creates an iterator and reads the first page.
	 * @param pages returns the page after an item, or the first one for null; an empty
	 * page is the end
	 * @param removal removes an item
	 */
	public PageIterator(Function<@Nullable T, List<T>> pages, Consumer<T> removal) {
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
	public T next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		T item = this.page.next();
		this.last = item;
		this.removable = true;
		return item;
	}

	@Override
	public void remove() {
		T item = this.last;
		if (!this.removable || item == null) {
			throw new IllegalStateException("There is nothing to remove");
		}
		this.removable = false;
		this.removal.accept(item);
	}

	/**
	 * Returns an iterator over what the items stand for.
	 * @param <R> the type
	 * @param mapping maps an item
	 * @return the iterator
	 */
	public <R> Iterator<R> map(Function<T, R> mapping) {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return PageIterator.this.hasNext();
			}

			@Override
			public R next() {
				return mapping.apply(PageIterator.this.next());
			}

			@Override
			public void remove() {
				PageIterator.this.remove();
			}

		};
	}

}
