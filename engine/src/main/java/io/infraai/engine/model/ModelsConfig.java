package io.infraai.engine.model;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;

import io.infraai.contracts.identity.Secret;

/** Language models by a name of one's own, and the order in which they are asked. */
@ConfigMapping(prefix = "infraai.models")
public interface ModelsConfig {

    /** The first is asked; each next one only when those before it couldn't answer. */
    @WithDefault("offline")
    List<String> order();

    /** How long whoever asks waits for a first token, all models and repeats together. A second less than is promised. */
    @WithDefault("14s")
    Duration patience();

    @WithParentName
    @WithDefaults
    Map<String, Model> byName();

    /** One model. Those that a bean of this process is need nothing but their name. */
    interface Model {

        /** {@code openai}, {@code anthropic}, {@code ollama}, or a model of this process; the name says it when left out. */
        Optional<String> provider();

        /** Where another than the provider's own service is, e.g. {@code https://models.example/v1}. */
        Optional<URI> baseUrl();

        /** What the provider calls the model. */
        Optional<String> model();

        /** A file that holds the key: read for every request, so that a rotated one is used at once. */
        Optional<Path> keyFile();

        /** The key itself, meant for a variable of the environment. */
        Optional<Secret> key();

        /** Lets the key and what is asked travel unencrypted to another machine; to this one they always may. */
        @WithDefault("false")
        boolean plainHttp();

        /** Left to the provider when not set; some models accept no other than theirs. */
        OptionalDouble temperature();

        /** Where the model is made to stop. */
        @WithDefault("4096")
        int maxOutputTokens();

        /** Tools that it is told of at once, the most fitting of all: more cost much and are chosen from badly. */
        @WithDefault("24")
        int tools();

        /** How long a first token may take, waiting for a connection included. */
        @WithDefault("10s")
        Duration firstToken();

        /** How long each next token may take. */
        @WithDefault("15s")
        Duration nextToken();

        /** Requests at once; ten times as many may wait for a lane. */
        @WithDefault("100")
        int concurrency();

        /** How often one turn is sent, counting the first. Only what came to nothing for a passing reason is sent again. */
        @WithDefault("2")
        int attempts();

        /** So many failures in a row, and the model is left alone. */
        @WithDefault("5")
        int breakerFailures();

        /** For so long; then one request tries whether it is back. */
        @WithDefault("30s")
        Duration breakerDelay();

        /** What a million tokens sent cost, in the currency of your choice. */
        @WithDefault("0")
        BigDecimal priceIn();

        /** What a million tokens received cost. */
        @WithDefault("0")
        BigDecimal priceOut();
    }
}
