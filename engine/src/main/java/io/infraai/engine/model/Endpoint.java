package io.infraai.engine.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import io.infraai.contracts.identity.Secret;

/**
 * Where a model is, and who we are to it.
 *
 * @param prefix of its configuration keys
 */
record Endpoint(String prefix, URI base, ModelsConfig.Model config) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws CannotAnswer when what is configured can't work */
    static Endpoint of(String prefix, URI usual, ModelsConfig.Model config) {
        var base = config.baseUrl().orElse(usual);
        var scheme = base.getScheme();
        if (base.getHost() == null
                || !("http".equals(scheme) || "https".equals(scheme))
                || base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null) {
            throw misconfigured("has a base-url that isn't http:// or https:// with a host and at most a path; set "
                    + prefix + ".base-url");
        }
        if ("http".equals(scheme) && !LOOPBACK.contains(base.getHost()) && !config.plainHttp()) {
            throw misconfigured("would be asked unencrypted over the network; use https:// in " + prefix
                    + ".base-url, or set " + prefix + ".plain-http=true");
        }
        if (config.model().filter(model -> !model.isBlank()).isEmpty()) {
            throw misconfigured("has no model to ask for; set " + prefix + ".model to the provider's name for it");
        }
        return new Endpoint(prefix, base, config);
    }

    String url(String path) {
        return base.toString().replaceAll("/+$", "") + path;
    }

    /** Blocks while a file is read. @throws CannotAnswer when there is none in it */
    Optional<Secret> key() {
        var file = config.keyFile();
        if (file.isPresent() && config.key().isPresent()) {
            throw misconfigured("has two keys; keep one of " + prefix + ".key-file and " + prefix + ".key");
        }
        return file.isPresent() ? Optional.of(read(file.get())) : config.key();
    }

    private Secret read(Path file) {
        try {
            var text = Files.readString(file).strip();
            if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) {
                return new Secret(text);
            }
        } catch (IOException _) {
            // as good as empty
        }
        throw misconfigured("has no key in the file that " + prefix + ".key-file names");
    }

    private static CannotAnswer misconfigured(String sentence) {
        return new CannotAnswer(ModelFailure.NOT_CONFIGURED, sentence);
    }
}
