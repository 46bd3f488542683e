package io.infraai.messaging.redis;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Redis for the application under test. */
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    private final RedisProcess server = new RedisProcess();

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.redis.hosts", server.url());
    }

    @Override
    public void stop() {
        server.close();
    }
}
