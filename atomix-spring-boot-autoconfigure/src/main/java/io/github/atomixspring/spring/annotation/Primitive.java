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

package io.github.atomixspring.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects the distributed primitive of a name. The type of the primitive and the types of
 * its elements come from the injection point, such as
 * <code>@Primitive("prices") DistributedMap&lt;String, Price&gt; prices</code>.
 * <p>
 * Works wherever Spring injects: on parameters of constructors (also of records), of
 * {@code @Autowired} and {@code @Bean} methods, and on {@code @Autowired} fields;
 * directly and through {@code ObjectProvider} or {@code Optional}.
 *
 * @since 0.1.0
 */
@Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Primitive {

	/**
	 * Name of the primitive; may have placeholders <code>${...}</code> and SpEL
	 * expressions <code>#{...}</code>. By default the name of the parameter or field.
	 * @return the name of the primitive
	 */
	String value() default "";

}
