package io.infraai.testkit;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import org.jspecify.annotations.Nullable;

import io.infraai.embedded.EmbeddedServers;

/**
 * PostgreSQL and Redis for tests: one of each for the whole test run, in a directory that goes away with it.
 *
 * <p>For Quarkus: {@code @QuarkusTestResource(EmbeddedServices.class)}. Without Quarkus: {@link #servers()}.
 */
public final class EmbeddedServices implements QuarkusTestResourceLifecycleManager {

    /** Quarkus loads this class once more for its tests; what the first one started is known by this system property. */
    private static final String RUNNING = "test.servers";

    private static @Nullable EmbeddedServers shared;

    /** The servers of this test run, started at the first call; for tests that need more than their addresses. */
    public static synchronized EmbeddedServers servers() {
        var running = shared;
        if (running == null) {
            running = EmbeddedServers.temporary();
            shared = running;
            System.setProperty(RUNNING, write(running.asProperties()));
            // after all tests: the applications that use the servers were stopped by JUnit before
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "embedded-servers-stop"));
        }
        return running;
    }

    @Override
    public Map<String, String> start() {
        var running = System.getProperty(RUNNING);
        return running == null ? servers().asProperties() : read(running);
    }

    /** Nothing: the next test class takes the same servers. */
    @Override
    public void stop() {
        // they end with the test run
    }

    private static String write(Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Map<String, String> read(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
