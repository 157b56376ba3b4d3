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

package io.github.atomixspring.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHolder;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.spring.annotation.Primitive;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Work on a resource that is protected by a lock and its fencing token.
 */
@RestController
@RequestMapping("/fenced-counter")
class FencedCounterController {

	private static final Log logger = LogFactory.getLog(FencedCounterController.class);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final DistributedLock lock;

	private final FencedCounter counter;

	FencedCounterController(@Primitive("fenced-counter") DistributedLock lock,
			@Value("${sample.counter-file}") Path file) {
		this.lock = lock;
		this.counter = new FencedCounter(file);
	}

	@GetMapping("/holder")
	ResponseEntity<LockHolder> holder() {
		Optional<LockHolder> holder = this.lock.holder();
		return ResponseEntity.of(holder);
	}

	@PostMapping
	Increment increment(@RequestParam(defaultValue = "0s") @DurationFormat(style = Style.SIMPLE) Duration work)
			throws InterruptedException {
		if (!this.lock.tryLock(LONGEST_WAIT)) {
			throw new UnavailableException("The lock was not free within " + LONGEST_WAIT.toSeconds() + " seconds",
					null);
		}
		try {
			long token = this.lock.fencingToken();
			long number = this.counter.read(token) + 1;
			Thread.sleep(work.toMillis());
			// Whether the lock is still held is not asked: this process could be stopped
			// between the answer and the write. Only the resource can tell.
			this.counter.write(token, number);
			return new Increment(number, token);
		}
		finally {
			unlock();
		}
	}

	private void unlock() {
		try {
			this.lock.unlock();
		}
		catch (LockLostException | AtomixException ex) {
			// The token has decided whether the work counts. A release that got no answer
			// is repeated by the node itself.
			logger.warn(ex.getMessage());
		}
	}

	/**
	 * The outcome of an increment.
	 *
	 * @param number the number it wrote
	 * @param token the fencing token under which it did
	 */
	record Increment(long number, long token) {

	}

}
