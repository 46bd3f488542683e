package io.infraai.standalone;

import java.util.Map;

import io.infraai.embedded.EmbeddedServers;

/** The PostgreSQL and Redis that come along, or those that the configuration names. */
sealed interface Servers extends AutoCloseable {

    Map<String, String> asProperties();

    @Override
    void close();

    record Embedded(EmbeddedServers servers) implements Servers {

        @Override
        public Map<String, String> asProperties() {
            return servers.asProperties();
        }

        @Override
        public void close() {
            servers.close();
        }
    }

    record Configured() implements Servers {

        @Override
        public Map<String, String> asProperties() {
            return Map.of();
        }

        @Override
        public void close() {
            // they were there before
        }
    }
}
