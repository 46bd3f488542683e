package io.infraai.gateway.tools;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.RecentTools;
import io.infraai.policies.ToolLookup;

/** The tools that workers advertise, as they were a second ago at most. */
@ApplicationScoped
public class KnownTools {

    private static final String SEED_PREFIX = "mcp_";

    private final RecentTools recent;

    /** The tools at one moment. */
    public record Snapshot(Catalogue catalogue) implements ToolLookup {

        @Override
        public Optional<ToolDescription> find(String tool) {
            return catalogue.find(tool);
        }

        public Map<String, ToolDescription> byName() {
            return catalogue.byName();
        }

        /** By its name, or by the one that the first version's examples use. */
        Optional<ToolDescription> called(String name) {
            return find(name)
                    .or(() -> name.startsWith(SEED_PREFIX)
                            ? find(name.substring(SEED_PREFIX.length()))
                            : Optional.empty());
        }
    }

    KnownTools(RecentTools recent) {
        this.recent = recent;
    }

    public Uni<Snapshot> now() {
        return recent.now().map(Snapshot::new);
    }
}
