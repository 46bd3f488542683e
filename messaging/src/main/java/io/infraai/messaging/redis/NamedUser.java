package io.infraai.messaging.redis;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.redis.client.RedisOptions;
import org.jspecify.annotations.Nullable;

/**
 * Puts the user of an address, {@code redis://user@host}, and the password that is configured apart together: the client takes a user
 * without a password for none, and those of Sentinel and Cluster pass nothing but the address on to the servers they are told of.
 */
@ApplicationScoped
@Unremovable
class NamedUser implements RedisOptionsCustomizer {

    @Override
    public void customize(String clientName, RedisOptions options) {
        var password = options.getPassword();
        if (password != null) {
            options.setEndpoints(options.getEndpoints().stream()
                    .map(endpoint -> withPassword(endpoint, password))
                    .toList());
        }
    }

    private static String withPassword(String endpoint, String password) {
        @Nullable String user = URI.create(endpoint).getRawUserInfo();
        return user == null || user.isEmpty() || user.contains(":")
                ? endpoint
                : endpoint.replaceFirst("@", ":" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@");
    }
}
