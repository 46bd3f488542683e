package io.infraai.adapters.kubernetes;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;

/**
 * Holds arguments to what their {@link Parameter}s promise before anything is sent: names become parts of paths, and not every
 * caller has checked them against the schema.
 */
final class CheckedParameters {

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private CheckedParameters() {}

    /** What is wrong with the first argument that doesn't fit; the argument itself isn't repeated. */
    static Optional<String> fault(Record parameters) {
        for (var component : parameters.getClass().getRecordComponents()) {
            var parameter = component.getAnnotation(Parameter.class);
            if (parameter != null && !fits(value(component, parameters), parameter)) {
                return Optional.of("\"" + component.getName() + "\" doesn't fit: " + expected(parameter));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(@Nullable Object value, Parameter parameter) {
        return switch (value) {
            case null -> parameter.optional();
            case String text -> fits(text, parameter);
            case Number number -> number.longValue() >= parameter.min() && number.longValue() <= parameter.max();
            default -> true;
        };
    }

    private static boolean fits(String text, Parameter parameter) {
        return !text.isEmpty()
                && text.length() <= parameter.maxLength()
                && (parameter.pattern().isEmpty()
                        || COMPILED.computeIfAbsent(parameter.pattern(), Pattern::compile)
                                .matcher(text)
                                .find());
    }

    private static String expected(Parameter parameter) {
        return parameter.pattern().isEmpty()
                ? parameter.value()
                : parameter.value() + " (at most " + parameter.maxLength() + " characters, like " + parameter.pattern()
                        + ")";
    }

    private static @Nullable Object value(RecordComponent component, Record parameters) {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        try {
            return accessor.invoke(parameters);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record's component can't be read", e);
        }
    }
}
