package io.infraai.adapters.tool.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import io.infraai.contracts.identity.Secret;
import io.infraai.contracts.tool.FailureReason;

/**
 * Who we are to a platform.
 *
 * @param authorization the header's value
 * @param secrets what must not appear in any message
 */
record Credentials(Optional<Secret> authorization, List<Secret> secrets) {

    /** @throws CannotAsk when the configuration names a file that can't be read, or two identities */
    static Credentials of(EndpointConfig config, String prefix) {
        readable(config.caFile(), prefix + ".ca-file");
        readable(config.certificateFile(), prefix + ".certificate-file");
        readable(config.keyFile(), prefix + ".key-file");
        var bearer = config.bearerTokenFile();
        var user = config.user();
        if (bearer.isPresent() && user.isPresent()) {
            throw new CannotAsk(
                    FailureReason.NOT_PERMITTED,
                    "Both " + prefix + ".bearer-token-file and " + prefix + ".user are set: keep one of them");
        }
        if (bearer.isPresent()) {
            return bearer(secret(bearer.get(), prefix + ".bearer-token-file"));
        }
        return user.isPresent() ? basic(user.get(), config, prefix) : new Credentials(Optional.empty(), List.of());
    }

    /** Platforms sometimes repeat what they were sent. */
    String withoutSecrets(String text) {
        var cleaned = text;
        for (var secret : secrets) {
            cleaned = cleaned.replace(secret.reveal(), secret.toString());
        }
        return cleaned;
    }

    private static void readable(Optional<Path> file, String key) {
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw new CannotAsk(FailureReason.NOT_PERMITTED, "The file that " + key + " names can't be read");
        }
    }

    private static Credentials bearer(Secret found) {
        return new Credentials(Optional.of(new Secret("Bearer " + found.reveal())), List.of(found));
    }

    private static Credentials basic(String user, EndpointConfig config, String prefix) {
        var file = config.passwordFile()
                .orElseThrow(() -> new CannotAsk(
                        FailureReason.NOT_PERMITTED, prefix + ".user is set and " + prefix + ".password-file isn't"));
        var found = secret(file, prefix + ".password-file");
        var pair = (user + ":" + found.reveal()).getBytes(StandardCharsets.UTF_8);
        var encoded = new Secret(Base64.getEncoder().encodeToString(pair));
        return new Credentials(Optional.of(new Secret("Basic " + encoded.reveal())), List.of(encoded, found));
    }

    private static Secret secret(Path file, String key) {
        try {
            var text = Files.readString(file).strip();
            if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw new CannotAsk(FailureReason.NOT_PERMITTED, "The file that " + key + " names holds no secret");
            }
            return new Secret(text);
        } catch (IOException _) {
            throw new CannotAsk(FailureReason.NOT_PERMITTED, "The file that " + key + " names can't be read");
        }
    }
}
