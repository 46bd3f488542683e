package io.infraai.contracts.asset;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The addresses at which clouds hand out a machine's credentials, all of link-local among them. */
public final class CloudMetadata {

    static final List<Subnet> SUBNETS = Stream.of(
                    "169.254.0.0/16",
                    "fe80::/10",
                    // outside of link-local: Alibaba Cloud, Azure, Oracle Cloud, AWS, Google Cloud
                    "100.100.100.200/32",
                    "168.63.129.16/32",
                    "192.0.0.192/32",
                    "fd00:ec2::/32",
                    "fd20:ce::254/128")
            .map(Subnet::of)
            .toList();

    /** Where the IPv4 address stands in the IPv6 addresses that translators (RFC 6052) and 6to4 (RFC 3056) make of one. */
    private static final List<Embedding> EMBEDDINGS =
            List.of(new Embedding(Subnet.of("64:ff9b::/96"), 12), new Embedding(Subnet.of("2002::/16"), 2));

    private record Embedding(Subnet subnet, int from) {}

    private CloudMetadata() {}

    public static boolean isAt(InetAddress address) {
        var alone = new Subnet(address, address.getAddress().length * Byte.SIZE);
        return SUBNETS.stream().anyMatch(each -> each.contains(alone))
                || (address instanceof Inet6Address
                        && EMBEDDINGS.stream()
                                .filter(each -> each.subnet().contains(alone))
                                .anyMatch(each -> isAt(embedded(address, each.from()))));
    }

    private static InetAddress embedded(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
