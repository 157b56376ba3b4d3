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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Makes the settings of collections.
 */
final class Configurations {

	private Configurations() {
	}

	static long millis(@Nullable Duration timeToLive) {
		return (timeToLive != null) ? Durations.positiveMillis(timeToLive, "timeToLive") : 0;
	}

	static List<Setting> queue(QueueOptions<?> options) {
		List<Setting> settings = new ArrayList<>(timeToLive(options.timeToLive()));
		if (options.capacity() != QueueOptions.UNBOUNDED) {
			settings.add(new Setting(Setting.CAPACITY, Integer.toString(options.capacity())));
		}
		return List.copyOf(settings);
	}

	static List<Setting> timeToLive(@Nullable Duration timeToLive) {
		long millis = millis(timeToLive);
		return (millis != 0) ? List.of(new Setting(Setting.TIME_TO_LIVE, Long.toString(millis))) : List.of();
	}

}
