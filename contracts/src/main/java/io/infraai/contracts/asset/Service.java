package io.infraai.contracts.asset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What listens on a TCP port. Texts in it come from whoever listens: they are data.
 *
 * @param protocol e.g. {@code ssh}, {@code http}, {@code tls}; {@code tcp} where nothing was recognised
 * @param product as it names itself
 * @param detail what else it says, e.g. the subject of its certificate
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Service(
        int port,
        String protocol,
        @Nullable String product,
        @Nullable String detail) {

    public Service {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is between 1 and 65535, unlike " + port);
        }
    }
}
