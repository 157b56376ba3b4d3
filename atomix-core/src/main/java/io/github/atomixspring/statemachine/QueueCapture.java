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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.github.atomixspring.statemachine.QueueService.Element;
import io.github.atomixspring.statemachine.QueueService.Item;

/**
 * The parts of the snapshot of a queue, made from references when they are asked for.
 */
final class QueueCapture implements Iterator<SnapshotPart> {

	private static final int ITEMS_PER_PART = 1_000;

	private static final int BYTES_PER_PART = 1 << 20;

	private final Element[] elements;

	private final List<Item> requests;

	private int position;

	/**
	 * Creates the parts.
	 * @param elements the elements in the queue
	 * @param requests the requests
	 */
	QueueCapture(Element[] elements, List<Item> requests) {
		this.elements = elements;
		this.requests = requests;
	}

	@Override
	public boolean hasNext() {
		return this.position < this.elements.length + this.requests.size();
	}

	@Override
	public SnapshotPart next() {
		List<Item> items = new ArrayList<>();
		int bytes = 0;
		while (hasNext() && items.size() < ITEMS_PER_PART && bytes < BYTES_PER_PART) {
			Item item = item(this.position++);
			items.add(item);
			byte[] content = item.content();
			bytes += (content != null) ? content.length : 0;
		}
		return new QueueService.Part(items);
	}

	private Item item(int index) {
		if (index >= this.elements.length) {
			return this.requests.get(index - this.elements.length);
		}
		Element element = this.elements[index];
		return new Item(Item.ELEMENT, 0, 0, element.position(), element.content(), element.deadline());
	}

}
