package io.infraai.adapters.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import io.infraai.contracts.asset.Subnet;

/** Where network discovery may look, at what, and how hard. */
@ConfigMapping(prefix = "infraai.network")
public interface NetworkConfig {

    /**
     * The subnets within which discovery may look, e.g. {@code 10.0.0.0/16,fd00:1::/112}; without any it is off. Loopback,
     * link-local, multicast and the addresses of cloud metadata are looked at only if an entry lies within them. Gateways
     * read the same key, so that they can refuse at once.
     */
    Optional<Set<Subnet>> allowedSubnets();

    /**
     * The TCP ports that are tried. Not 9100: a printer prints whatever is sent to it.
     */
    @WithDefault(
            "21,22,25,53,80,110,143,443,445,2379,3000,3306,3389,5432,5672,5900,6379,6443,8080,8443,9090,9093,9200,10250")
    List<Integer> ports();

    /** Connections that are begun in a second, all looks of this process together. */
    @WithDefault("500")
    int probesPerSecond();

    /** Addresses that are looked at at once, for each look. */
    @WithDefault("128")
    int concurrency();

    /** How long connecting may take. */
    @WithDefault("500ms")
    Duration connectTimeout();

    /** How long what listens on an open port may take for each of: its first words, a TLS handshake, an HTTP answer. */
    @WithDefault("1s")
    Duration answerTimeout();

    /** After so long a look ends with what it has found by then. */
    @WithDefault("10m")
    Duration deadline();

    /** Whether names are looked up for the addresses that were found: that asks the resolver of this machine. */
    @WithDefault("false")
    boolean reverseDns();

    /** How long one such look-up may take. */
    @WithDefault("2s")
    Duration dnsTimeout();
}
