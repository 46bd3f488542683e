package io.infraai.adapters.vmware;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;

/** Lets the inventory know what was seen; an answer doesn't suffer when it can't. */
@ApplicationScoped
class NotedAssets {

    private static final Logger LOG = Logger.getLogger(NotedAssets.class);

    /** Of the caller's time, which is for looking. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AssetInventory inventory;

    NotedAssets(AssetInventory inventory) {
        this.inventory = inventory;
    }

    Uni<ToolResult> noted(Seen seen, ToolContext context) {
        return Uni.createFrom()
                .deferred(() -> inventory.record(context.tenant(), seen.sightings()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf(
                        "%d assets of VMware can't be noted: %s",
                        seen.sightings().size(), e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWith(seen.result());
    }
}
