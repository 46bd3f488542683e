package io.infraai.adapters.vmware;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.ToolResult;

/** A tool's answer, and which assets it met on the way. */
record Seen(ToolResult result, List<Sighting> sightings) {

    private static final int LONGEST_NAME = 255;

    static Seen nothing(ToolResult.Failed failed) {
        return new Seen(failed, List.of());
    }

    /**
     * Empty for what has no usable name.
     *
     * @param address as the guest says, which may be anything
     */
    static Optional<Sighting> sighting(AssetType type, String name, String address, Map<String, String> attributes) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        var told = new HashMap<>(attributes);
        told.values().removeIf(String::isEmpty);
        return Optional.of(Sighting.named(SeenBy.VMWARE, type, name, distinct(address), told));
    }

    /** Null for what isn't an address, or is one that many have: it would make different machines one asset. */
    private static @Nullable String distinct(String text) {
        try {
            var address = InetAddress.ofLiteral(text);
            return address.isLinkLocalAddress()
                            || address.isLoopbackAddress()
                            || address.isAnyLocalAddress()
                            || address.isMulticastAddress()
                    ? null
                    : text;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
