package io.infraai.adapters.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Sighting;

/** Nodes as the inventory knows them. */
final class NodeSightings {

    private NodeSightings() {}

    /**
     * @param nodes as {@code node_status} shows them
     */
    static List<Sighting> of(JsonNode nodes, String cluster) {
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
