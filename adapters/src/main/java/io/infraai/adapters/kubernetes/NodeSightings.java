package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.ToolContext;

/** Writes nodes that were looked at into the inventory. That it can't is no trouble of whoever looked. */
@ApplicationScoped
class NodeSightings {

    private static final Logger LOG = Logger.getLogger(NodeSightings.class);

    /** How long a look may wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AssetInventory inventory;

    NodeSightings(AssetInventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Completes in any case, and never fails.
     *
     * @param nodes as {@code node_status} shows them
     */
    Uni<Void> note(JsonNode nodes, String cluster, ToolContext context) {
        return Uni.createFrom()
                .deferred(() -> inventory.record(context.tenant(), sightings(nodes, cluster)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("Nodes of the cluster %s aren't noted in the inventory: %s", cluster, e))
                .onFailure()
                .recoverWithNull();
    }

    private static List<Sighting> sightings(JsonNode nodes, String cluster) {
        var seen = new ArrayList<Sighting>();
        for (var node : nodes) {
            var attributes = Map.of(
                    "cluster", cluster,
                    "ready", node.path("ready").asText(),
                    "kubelet_version", node.path("version").asText());
            seen.add(sighting(node.path("name").asText(), node.path("address").textValue(), attributes));
        }
        return seen;
    }

    /** An address is what the kubelet says it is; what is none can't be kept as one. */
    private static Sighting sighting(String name, @Nullable String address, Map<String, String> attributes) {
        try {
            return Sighting.named(SeenBy.KUBERNETES, AssetType.KUBERNETES_NODE, name, address, attributes);
        } catch (IllegalArgumentException _) {
            return Sighting.named(SeenBy.KUBERNETES, AssetType.KUBERNETES_NODE, name, null, attributes);
        }
    }
}
