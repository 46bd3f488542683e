package io.infraai.contracts.asset;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * That something was seen, now: what one writes into the inventory. An address says which asset it is; without one, as for a
 * machine that is switched off, type and name do.
 *
 * @param address an IP address as a literal; kept in one spelling
 * @param hostname at most 255 characters
 * @param services those that were found; none leaves known ones as they are
 * @param attributes what else is worth to know, e.g. {@code power_state}; each replaces the earlier one of its name
 */
public record Sighting(
        SeenBy seenBy,
        AssetType type,
        @Nullable String address,
        @Nullable String hostname,
        List<Service> services,
        Map<String, String> attributes) {

    private static final int LONGEST_NAME = 255;

    public Sighting {
        if (address == null && hostname == null) {
            throw new IllegalArgumentException("A sighting needs an address or a name");
        }
        if (hostname != null && (hostname.isEmpty() || hostname.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("A name has 1 to " + LONGEST_NAME + " characters");
        }
        address = address == null ? null : InetAddress.ofLiteral(address).getHostAddress();
        services = List.copyOf(services);
        attributes = Map.copyOf(attributes);
    }

    /** What a platform knows: a node or a machine by its name and, if it has one, its address. */
    public static Sighting named(
            SeenBy seenBy, AssetType type, String hostname, @Nullable String address, Map<String, String> attributes) {
        return new Sighting(seenBy, type, address, hostname, List.of(), attributes);
    }
}
