package io.infraai.adapters.mcp;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import io.infraai.contracts.asset.CloudMetadata;
import io.infraai.contracts.tool.FailureReason;

/** The address of a server, which may be private, but none at which no server of this kind is. */
record Destination(URI url) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * @throws IllegalArgumentException when no server can be there
     */
    Destination {
        if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("An MCP server's url begins with http:// or https:// and names a host");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The url of the MCP server at " + url.getHost() + " holds a credential or a fragment; name a file");
        }
    }

    /**
     * Looks its name up, and so blocks. To be asked before each request: the answer stays in the JDK's cache, where the connection
     * that is made right after finds the same one, so that a name can't stand for another address in between.
     *
     * @return why nothing may be sent there now; empty when it may
     */
    Optional<Reply> refusal() {
        try {
            // a host in brackets is an IPv6 address, which is read as it is
            return Arrays.stream(InetAddress.getAllByName(url.getHost()))
                    .filter(Destination::isForbidden)
                    .findFirst()
                    .map(address -> new Reply.Failure(
                            FailureReason.NOT_PERMITTED,
                            "Nothing is sent to " + address.getHostAddress() + ", which is the address of "
                                    + url.getHost()));
        } catch (UnknownHostException _) {
            return Optional.of(new Reply.Failure(FailureReason.UNREACHABLE, "There is no host " + url.getHost()));
        }
    }

    private static boolean isForbidden(InetAddress address) {
        return CloudMetadata.isAt(address) || address.isAnyLocalAddress() || address.isMulticastAddress();
    }
}
