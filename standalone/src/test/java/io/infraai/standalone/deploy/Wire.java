package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * One channel of a service, as its defaults and its code wire it.
 *
 * @param stream its key; {@code *} stands for what each instance puts there
 * @param group the group that shares what comes in; none where each instance tails the stream
 * @param expires whether the service lets the stream go away
 * @param message the record that goes through it; empty if no code was found
 */
record Wire(String service, boolean incoming, String stream, Optional<String> group, boolean expires, String message) {

    /** Each with its own user; the modules are named likewise, but for one. */
    static final List<String> SERVICES = List.of("gateway", "healing", "engine", "worker");

    private static final Pattern CHANNEL = Pattern.compile("mp\\.messaging\\.(incoming|outgoing)\\.([^.]+)\\.stream");
    private static final String INSTANCE = "${quarkus.uuid}";
    private static final String REACTIVE = "org.eclipse.microprofile.reactive.messaging.";

    static List<Wire> all() {
        var messages = messages();
        var wires = new ArrayList<Wire>();
        for (var service : SERVICES) {
            var defaults = defaults(service);
            for (var key : new TreeSet<>(defaults.stringPropertyNames())) {
                var channel = CHANNEL.matcher(key);
                if (channel.matches()) {
                    var prefix = key.substring(0, key.length() - "stream".length());
                    wires.add(new Wire(
                            service,
                            channel.group(1).equals("incoming"),
                            defaults.getProperty(key).replace(INSTANCE, "*"),
                            Optional.ofNullable(defaults.getProperty(prefix + "group")),
                            defaults.getProperty(prefix + "expire-after") != null,
                            messages.getOrDefault(channel.group(2), "")));
                }
            }
        }
        return addressed(wires);
    }

    /** Where each instance has a stream of its own to hear on, that is what the others write to. */
    private static List<Wire> addressed(List<Wire> wires) {
        return wires.stream()
                .map(wire -> wires.stream().anyMatch(other -> other.incoming && other.stream.equals(wire.stream + ":*"))
                        ? new Wire(
                                wire.service, wire.incoming, wire.stream + ":*", wire.group, wire.expires, wire.message)
                        : wire)
                .toList();
    }

    private static Properties defaults(String service) {
        var module = service.equals("gateway") ? "api-gateway" : service;
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(
                Path.of("..", module, "src", "main", "resources", "META-INF", "microprofile-config.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** By channel. */
    private static Map<String, String> messages() {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.infraai");
        var messages = new HashMap<String, String>();
        for (var type : code) {
            for (var unit : type.getCodeUnits()) {
                heard(unit)
                        .forEach(channel -> messages.put(
                                channel, payload(unit.getParameters().getFirst())));
                for (var parameter : unit.getParameters()) {
                    parameter
                            .tryGetAnnotationOfType(REACTIVE + "Channel")
                            .ifPresent(channel -> messages.put(value(channel), payload(parameter)));
                }
            }
        }
        return messages;
    }

    private static List<String> heard(JavaCodeUnit unit) {
        return unit.tryGetAnnotationOfType(REACTIVE + "Incoming").map(Wire::value).stream()
                .toList();
    }

    private static String value(JavaAnnotation<?> annotation) {
        return (String) annotation.get("value").orElseThrow();
    }

    /** The record itself, or what a message or an emitter is of. */
    private static String payload(JavaParameter parameter) {
        JavaType type = parameter.getType();
        if (type instanceof JavaParameterizedType generic) {
            type = generic.getActualTypeArguments().getFirst();
        }
        JavaClass payload = type.toErasure();
        return payload.getSimpleName();
    }
}
