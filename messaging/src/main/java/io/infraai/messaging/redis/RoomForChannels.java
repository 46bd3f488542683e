package io.infraai.messaging.redis;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.redis.client.RedisOptions;
import org.eclipse.microprofile.config.Config;

/**
 * Enlarges the pool of the default client by the connections the channels hold, so that neither they nor the rest of the
 * application has to wait for one that never becomes free.
 */
@ApplicationScoped
@Unremovable
class RoomForChannels implements RedisOptionsCustomizer {

    private static final String DEFAULT_CLIENT = "<default>";
    private static final String PREFIX = "mp.messaging.";
    private static final String SUFFIX = ".connector";
    private static final int CONNECTIONS_INCOMING = 2;

    private final Config config;

    RoomForChannels(Config config) {
        this.config = config;
    }

    @Override
    public void customize(String clientName, RedisOptions options) {
        if (DEFAULT_CLIENT.equals(clientName)) {
            options.setMaxPoolSize(options.getMaxPoolSize() + connections());
            // the clients of Sentinel and Cluster refuse to start with fewer
            options.setMaxPoolWaiting(Math.max(options.getMaxPoolWaiting(), options.getMaxPoolSize()));
        }
    }

    private int connections() {
        var count = 0;
        for (var name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && isOurs(name)) {
                var each = name.startsWith("incoming.", PREFIX.length()) ? CONNECTIONS_INCOMING : 1;
                count += each * copies(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return count;
    }

    private boolean isOurs(String name) {
        return config.getOptionalValue(name, String.class)
                .filter(RedisStreamsConnector.NAME::equals)
                .isPresent();
    }

    private int copies(String channel) {
        return config.getOptionalValue(channel + ".concurrency", Integer.class).orElse(1);
    }
}
