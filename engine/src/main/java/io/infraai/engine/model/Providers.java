package io.infraai.engine.model;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/** Makes the provider that a model's configuration names. */
@ApplicationScoped
class Providers {

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com/v1");
    private static final URI OLLAMA = URI.create("http://localhost:11434/v1");

    private final LocalModels local;
    private final Vertx vertx;
    private final ObjectMapper json;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Providers(LocalModels local, Vertx vertx, ObjectMapper json, Clock clock) {
        this.local = local;
        this.vertx = vertx;
        this.json = json;
        this.clock = clock;
    }

    Provider of(String name, ModelsConfig.Model config) {
        var prefix = "infraai.models." + name;
        try {
            return switch (config.provider().orElse(name)) {
                case "openai" -> {
                    var endpoint = Endpoint.of(prefix, OPENAI, config);
                    var itself = endpoint.base().getHost().equals(OPENAI.getHost());
                    yield remote(endpoint, new OpenAiProtocol(json, itself ? "max_completion_tokens" : "max_tokens"));
                }
                case "ollama" -> remote(Endpoint.of(prefix, OLLAMA, config), new OpenAiProtocol(json, "max_tokens"));
                case "anthropic" -> remote(Endpoint.of(prefix, ANTHROPIC, config), new AnthropicProtocol(json));
                case String other -> ofThisProcess(other, prefix);
            };
        } catch (CannotAnswer misconfigured) {
            return without(misconfigured);
        }
    }

    private Provider remote(Endpoint endpoint, Protocol protocol) {
        var config = endpoint.config();
        var options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.firstToken().toMillis() / 2))
                .setVerifyHost(true);
        var lanes =
                new PoolOptions().setHttp1MaxSize(config.concurrency()).setMaxWaitQueueSize(config.concurrency() * 10);
        return new RemoteProvider(endpoint, protocol, vertx.createHttpClient(options, lanes), threads, json, clock);
    }

    private Provider ofThisProcess(String name, String prefix) {
        return local.named(name)
                .<Provider>map(model -> new LocalProvider(model, threads))
                .orElseGet(() -> without(new CannotAnswer(
                        ModelFailure.NOT_CONFIGURED,
                        "has no provider: set " + prefix + ".provider to openai, anthropic or ollama, with " + prefix
                                + ".model and " + prefix + ".key-file")));
    }

    /** Said when it is asked, so that a slip in one model's configuration keeps nothing else from starting. */
    private static Provider without(CannotAnswer why) {
        return (_, _) -> Uni.createFrom().failure(why);
    }
}
