package io.infraai.contracts.asset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * An asset as it is shown, in the snake case of the REST API.
 *
 * @param seenBy everybody who ever told of it
 * @param services as last seen
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Asset(
        long id,
        AssetType type,
        @Nullable String address,
        @Nullable String hostname,
        List<Service> services,
        Map<String, String> attributes,
        Set<SeenBy> seenBy,
        Instant firstSeen,
        Instant lastSeen) {

    public Asset {
        services = List.copyOf(services);
        attributes = Map.copyOf(attributes);
        seenBy = Set.copyOf(seenBy);
    }
}
