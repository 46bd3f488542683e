package io.infraai.adapters.tool;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.ToolContext;

/** Lets the inventory know what a tool saw; its answer doesn't suffer when that can't be noted. */
@ApplicationScoped
public class NotedAssets {

    private static final Logger LOG = Logger.getLogger(NotedAssets.class);

    /** Of the caller's time, which is for looking. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AssetInventory inventory;

    public NotedAssets(AssetInventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Completes in any case, and never fails.
     *
     * @param seenWhere for the log, such as a cluster's name
     */
    public Uni<Void> note(String seenWhere, Supplier<List<Sighting>> seen, ToolContext context) {
        return Uni.createFrom()
                .deferred(() -> inventory.record(context.tenant(), seen.get()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("What was seen in %s isn't noted in the inventory: %s", seenWhere, e))
                .onFailure()
                .recoverWithNull();
    }
}
