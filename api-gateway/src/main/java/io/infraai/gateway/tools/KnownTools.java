package io.infraai.gateway.tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.gateway.request.CallerContext;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.policies.ToolLookup;

/** The tools that workers advertise, as they were a second ago at most. */
@ApplicationScoped
public class KnownTools {

    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final String SEED_PREFIX = "mcp_";

    private final ToolDirectory directory;
    private final Clock clock;
    private final AtomicReference<@Nullable Looked> last = new AtomicReference<>();

    private record Looked(Uni<Snapshot> tools, Instant at) {}

    /** The tools at one moment. */
    public record Snapshot(Map<String, ToolDescription> byName) implements ToolLookup {

        @Override
        public Optional<ToolDescription> find(String tool) {
            return Optional.ofNullable(byName.get(tool));
        }

        /** By its name, or by the one that the first version's examples use. */
        Optional<ToolDescription> called(String name) {
            return find(name)
                    .or(() -> name.startsWith(SEED_PREFIX)
                            ? find(name.substring(SEED_PREFIX.length()))
                            : Optional.empty());
        }
    }

    KnownTools(ToolDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    public Uni<Snapshot> now() {
        var known = last.get();
        var time = clock.instant();
        if (known != null && time.isBefore(known.at().plus(BELIEVED))) {
            return known.tools().emitOn(CallerContext.current());
        }
        var looked = new Looked(
                directory
                        .all()
                        .map(all -> new Snapshot(all.stream()
                                .collect(Collectors.toUnmodifiableMap(ToolDescription::name, Function.identity()))))
                        .onFailure()
                        .invoke(() -> last.set(null))
                        .memoize()
                        .indefinitely(),
                time);
        last.set(looked);
        return looked.tools().emitOn(CallerContext.current());
    }
}
