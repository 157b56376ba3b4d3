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

package io.github.atomixspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

/**
 * Javadoc of fields, from the sources of this module. The metadata of configuration
 * properties has it for all properties but those of the values of maps.
 */
final class FieldComments {

	private final Map<String, Map<String, String>> comments = new HashMap<>();

	/**
	 * Returns the Javadoc of a field in one line.
	 * @param type the class that has the field, or inherits it
	 * @param name the name of the field
	 * @return the text
	 * @throws IllegalArgumentException if there is no such field or no Javadoc
	 */
	String of(Class<?> type, String name) {
		Class<?> declaring = declaring(type, name);
		String comment = this.comments.computeIfAbsent(outermost(declaring), FieldComments::parse)
			.get(declaring.getName() + "#" + name);
		if (comment == null) {
			throw new IllegalArgumentException("Field " + name + " of " + declaring + " has no Javadoc");
		}
		return comment;
	}

	private static Class<?> declaring(Class<?> type, String name) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			for (Field field : current.getDeclaredFields()) {
				if (field.getName().equals(name)) {
					return current;
				}
			}
		}
		throw new IllegalArgumentException(type + " has no field " + name);
	}

	private static String outermost(Class<?> type) {
		return (type.getEnclosingClass() != null) ? outermost(type.getEnclosingClass()) : type.getName();
	}

	private static Map<String, String> parse(String type) {
		Path source = Pages.root()
			.resolve("atomix-spring-boot-autoconfigure/src/main/java")
			.resolve(type.replace('.', '/') + ".java");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjects(source));
			Scanner scanner = new Scanner(Trees.instance(task));
			scanner.scan(task.parse(), null);
			return scanner.found;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Collects the comments of all fields, by the names of class and field.
	 */
	private static final class Scanner extends TreePathScanner<Void, Void> {

		private final Trees trees;

		private final Map<String, String> found = new HashMap<>();

		private final Deque<String> types = new ArrayDeque<>();

		Scanner(Trees trees) {
			this.trees = trees;
		}

		@Override
		public Void visitCompilationUnit(CompilationUnitTree unit, Void nothing) {
			this.types.push(unit.getPackageName() + ".");
			return super.visitCompilationUnit(unit, nothing);
		}

		@Override
		public Void visitClass(ClassTree type, Void nothing) {
			String outer = this.types.element();
			this.types.push(outer + (outer.endsWith(".") ? "" : "$") + type.getSimpleName());
			super.visitClass(type, nothing);
			this.types.pop();
			return null;
		}

		@Override
		public Void visitVariable(VariableTree variable, Void nothing) {
			String comment = this.trees.getDocComment(getCurrentPath());
			if (comment != null) {
				this.found.put(this.types.element() + "#" + variable.getName(),
						comment.strip().replaceAll("\\s+", " "));
			}
			return super.visitVariable(variable, nothing);
		}

	}

}
