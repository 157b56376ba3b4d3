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

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.BeanExpressionContextAccessor;
import org.springframework.context.expression.BeanFactoryAccessor;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.EnvironmentAccessor;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.StandardTypeLocator;
import org.springframework.util.StringUtils;

/**
 * The name of the lock of a method, which may depend on the arguments of the call.
 */
final class LockName {

	private static final ParameterNameDiscoverer PARAMETER_NAMES = new DefaultParameterNameDiscoverer();

	private static final Set<String> PREDEFINED = Set.of("#root", "#this");

	private final GuardedMethod<Locked> method;

	private final List<Expression> parts;

	private final BeanExpressionContext root;

	private LockName(GuardedMethod<Locked> method, List<Expression> parts, ConfigurableBeanFactory beanFactory) {
		this.method = method;
		this.parts = parts;
		this.root = new BeanExpressionContext(beanFactory, null);
	}

	/**
	 * Parses the name of the lock of a method.
	 * @param method the method
	 * @param name the name, without placeholders
	 * @param beanFactory the bean factory to which expressions may refer
	 * @return the name
	 * @throws InvalidAnnotationException if it cannot work
	 */
	static LockName parse(GuardedMethod<Locked> method, String name, ConfigurableBeanFactory beanFactory) {
		if (!StringUtils.hasText(name)) {
			throw new InvalidAnnotationException(method.describe() + " has no name, or a blank one",
					"Name the lock, as in @Locked(\"orders\") or @Locked(\"order-#{#id}\")");
		}
		Expression expression;
		try {
			expression = new SpelExpressionParser().parseExpression(name, ParserContext.TEMPLATE_EXPRESSION);
		}
		catch (ParseException ex) {
			throw new InvalidAnnotationException(
					"The lock '" + name + "' of " + method.describe() + " cannot be parsed: " + ex.getMessage(),
					"Correct the expression, or write a name without #{...}", ex);
		}
		LockName parsed = new LockName(method, (expression instanceof CompositeStringExpression composite)
				? List.of(composite.getExpressions()) : List.of(expression), beanFactory);
		parsed.check(name);
		return parsed;
	}

	private void check(String name) {
		if (isConstant() && name.length() > ElectionNames.MAX_LENGTH) {
			throw new InvalidAnnotationException(
					"The lock '" + name + "' of " + this.method.describe() + " has " + name.length() + " characters",
					"Choose a name of at most " + ElectionNames.MAX_LENGTH + " characters");
		}
		Set<String> variables = new LinkedHashSet<>();
		this.parts.forEach((part) -> {
			if (part instanceof SpelExpression spel) {
				collectVariables(spel.getAST(), variables);
			}
		});
		variables.removeAll(PREDEFINED);
		String[] names = PARAMETER_NAMES.getParameterNames(this.method.method());
		for (int i = 0; i < this.method.method().getParameterCount(); i++) {
			variables.removeAll(Set.of("#p" + i, "#a" + i));
		}
		if (variables.isEmpty()) {
			return;
		}
		String place = "The lock '" + name + "' of " + this.method.describe() + " refers to ";
		if (names == null) {
			throw new InvalidAnnotationException(
					place + String.join(", ", variables) + ", and the names of the parameters are not known",
					"Compile with the option -parameters, or refer to parameters by position, as in #{#p0}");
		}
		Arrays.stream(names).map((parameter) -> "#" + parameter).forEach(variables::remove);
		if (!variables.isEmpty()) {
			throw new InvalidAnnotationException(
					place + String.join(", ", variables) + ", but the parameters are " + Arrays.toString(names),
					"Correct the name in the expression, or that of the parameter");
		}
	}

	private static void collectVariables(SpelNode node, Set<String> variables) {
		if (node instanceof VariableReference) {
			variables.add(node.toStringAST());
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			collectVariables(node.getChild(i), variables);
		}
	}

	/**
	 * Returns whether the name is the same for all calls.
	 * @return whether it has no expressions
	 */
	boolean isConstant() {
		return this.parts.size() == 1 && this.parts.get(0) instanceof LiteralExpression;
	}

	/**
	 * Returns the name for a call.
	 * @param arguments the arguments of the call
	 * @return the name
	 * @throws IllegalArgumentException if they do not make a name
	 */
	String evaluate(@Nullable Object[] arguments) {
		if (isConstant()) {
			return this.parts.get(0).getExpressionString();
		}
		EvaluationContext context = createContext(arguments);
		StringBuilder name = new StringBuilder();
		for (Expression part : this.parts) {
			String text = part.getValue(context, String.class);
			// An empty text for null would be the same lock for all that have none.
			if (!StringUtils.hasText(text) && !(part instanceof LiteralExpression)) {
				throw new IllegalArgumentException("The expression '" + part.getExpressionString()
						+ "' in the name of the lock of " + this.method.describe() + " has become "
						+ ((text != null) ? "blank" : "null") + " in this call");
			}
			name.append(text);
		}
		return name.toString();
	}

	private EvaluationContext createContext(@Nullable Object[] arguments) {
		Method method = this.method.method();
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(this.root, method, arguments,
				PARAMETER_NAMES);
		ConfigurableBeanFactory beanFactory = this.root.getBeanFactory();
		context.addPropertyAccessor(new BeanExpressionContextAccessor());
		context.addPropertyAccessor(new BeanFactoryAccessor());
		context.addPropertyAccessor(new MapAccessor());
		context.addPropertyAccessor(new EnvironmentAccessor());
		context.setBeanResolver(new BeanFactoryResolver(beanFactory));
		context.setTypeLocator(new StandardTypeLocator(beanFactory.getBeanClassLoader()));
		return context;
	}

}
