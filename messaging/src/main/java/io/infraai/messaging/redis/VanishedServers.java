package io.infraai.messaging.redis;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

/**
 * Lets the client notice servers that are gone without having closed their connections, as machines are that lost their power. The
 * channels look after their own connections; those on which the client asks Sentinels for the master, or a cluster for its slots,
 * are out of their reach, and everybody waits for that answer. Whoever configures these limits has the last word.
 */
@ApplicationScoped
@Unremovable
class VanishedServers implements RedisOptionsCustomizer {

    private static final int CONNECT_MILLIS = 3_000;

    /** Longer than any read may block; a connection that is merely quiet is made anew when it is needed again. */
    private static final int SILENCE_SECONDS = 20;

    @Override
    public void customize(String clientName, RedisOptions options) {
        var sockets = options.getNetClientOptions();
        if (sockets.getConnectTimeout() == ClientOptionsBase.DEFAULT_CONNECT_TIMEOUT) {
            sockets.setConnectTimeout(CONNECT_MILLIS);
        }
        if (options.getType() != RedisClientType.STANDALONE
                && sockets.getReadIdleTimeout() == 0
                && sockets.getIdleTimeout() == 0) {
            sockets.setReadIdleTimeout(SILENCE_SECONDS);
        }
    }
}
