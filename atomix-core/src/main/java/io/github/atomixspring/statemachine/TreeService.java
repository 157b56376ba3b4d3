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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.protocol.TreeMessages.Outcome;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a tree: a cell for each node, by the bytes of its path. What is
 * below a node is one range of them. A node other than the root has a parent always: one
 * whose time to live is over stays until it has no children.
 */
final class TreeService extends CellService {

	TreeService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof TreeMessages.Update update) {
			return TreeMessages.isPath(update.path()) ? update(update, context) : noPath();
		}
		if (command instanceof TreeMessages.Remove remove) {
			return TreeMessages.isPath(remove.path()) ? remove(remove.path(), remove.condition(), context) : noPath();
		}
		return misfit(command);
	}

	private static Result noPath() {
		return ErrorCode.ILLEGAL.failure(
				"A path must be of the form /a/b and have at most " + TreeMessages.MAX_PATH_LENGTH + " characters");
	}

	private Result update(TreeMessages.Update update, Context context) {
		Result.Failure refusal = Cells.refusal(update.timeToLive());
		if (refusal != null) {
			return refusal;
		}
		String path = update.path();
		Condition condition = update.condition();
		if (Cells.isKnown(condition) && !exists(parent(path)) && Cells.holds(condition, null)) {
			if (!update.recursive()) {
				return new Outcome(Outcome.NO_PARENT, null, 0, 0);
			}
			createAncestors(path, context);
		}
		return outcome(cells().update(key(path), update.value(), update.timeToLive(), condition, true, context));
	}

	/**
	 * Makes the ancestors that are missing.
	 * @param path the path of a node
	 * @param context the rest of the state
	 */
	private void createAncestors(String path, Context context) {
		for (int end = path.indexOf(TreeMessages.SEPARATOR, 1); end > 0; end = path.indexOf(TreeMessages.SEPARATOR,
				end + 1)) {
			Bytes ancestor = key(path.substring(0, end));
			if (!cells().map().containsKey(ancestor)) {
				cells().put(ancestor, Bytes.EMPTY.content(), 0, context);
			}
		}
	}

	private Result remove(String path, Condition condition, Context context) {
		Bytes key = key(path);
		Cell cell = cells().map().get(key);
		if (cell == null) {
			return new Outcome(Outcome.NOT_MET, null, 0, 0);
		}
		if (hasChildren(path)) {
			return new Outcome(Outcome.HAS_CHILDREN, cell.value(), cell.version(), cell.version());
		}
		Result removed = outcome(cells().update(key, null, 0, condition, true, context));
		expireAncestors(path, context);
		return removed;
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		String path = TreeMessages.path(key.content());
		if (!hasChildren(path)) {
			super.timeOut(key, deadline, context);
			expireAncestors(path, context);
		}
	}

	/**
	 * Removes the ancestors of a node that have waited for their last child to go.
	 * @param path the path of the node
	 * @param context the rest of the state
	 */
	private void expireAncestors(String path, Context context) {
		String ancestor = parent(path);
		Cell cell = cells().map().get(key(ancestor));
		while (cell != null && cell.deadline() != 0 && cell.deadline() <= context.time() && !hasChildren(ancestor)) {
			cells().timeOut(cell.key(), cell.deadline(), context);
			ancestor = parent(ancestor);
			cell = cells().map().get(key(ancestor));
		}
	}

	private static Result outcome(Result result) {
		return (result instanceof Result.Updated updated)
				? new Outcome(updated.updated() ? Outcome.DONE : Outcome.NOT_MET, updated.old(), updated.oldVersion(),
						updated.version())
				: result;
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof TreeMessages.Get get) {
			Cell cell = cells().map().get(key(get.path()));
			return new Result.Entries((cell != null) ? List.of(MapService.entry(cell)) : List.of());
		}
		if (query instanceof TreeMessages.Children children) {
			return children(children.path(), children.after(), children.limit());
		}
		return misfit(query);
	}

	private Result children(String path, @Nullable String after, int limit) {
		if (!exists(path)) {
			return new TreeMessages.Listing(false, List.of());
		}
		String prefix = prefix(path);
		byte[] prefixBytes = key(prefix).content();
		NavigableMap<Bytes, Cell> map = cells().map();
		List<KeyValue> children = new ArrayList<>();
		int bytes = 0;
		Map.Entry<Bytes, Cell> next = (after != null) ? map.higherEntry(key(prefix + after))
				: map.ceilingEntry(key(prefix));
		while (next != null && next.getKey().startsWith(prefixBytes) && children.size() < Math.max(1, limit)
				&& bytes < MapMessages.MAX_ANSWER_BYTES) {
			byte[] found = next.getKey().content();
			int end = nameEnd(found, prefixBytes.length);
			if (end < found.length) {
				// Something below a child that came before: on to what follows all that.
				next = map.ceilingEntry(afterDescendants(found, end));
				continue;
			}
			KeyValue child = MapService.entry(next.getValue());
			children.add(child);
			bytes += child.size();
			next = map.higherEntry(next.getKey());
		}
		return new TreeMessages.Listing(true, children);
	}

	private static int nameEnd(byte[] path, int from) {
		int end = from;
		while (end < path.length && path[end] != TreeMessages.SEPARATOR) {
			end++;
		}
		return end;
	}

	private static Bytes afterDescendants(byte[] path, int end) {
		byte[] after = Arrays.copyOf(path, end + 1);
		after[end] = TreeMessages.SEPARATOR + 1;
		return new Bytes(after);
	}

	private boolean exists(String path) {
		return path.equals(TreeMessages.ROOT) || cells().map().containsKey(key(path));
	}

	private boolean hasChildren(String path) {
		Bytes prefix = key(prefix(path));
		Bytes next = cells().map().ceilingKey(prefix);
		return next != null && next.startsWith(prefix.content());
	}

	private static String prefix(String path) {
		return path.equals(TreeMessages.ROOT) ? path : path + TreeMessages.SEPARATOR;
	}

	private static String parent(String path) {
		int end = path.lastIndexOf(TreeMessages.SEPARATOR);
		return (end > 0) ? path.substring(0, end) : TreeMessages.ROOT;
	}

	private static Bytes key(String path) {
		return new Bytes(TreeMessages.key(path));
	}

}
