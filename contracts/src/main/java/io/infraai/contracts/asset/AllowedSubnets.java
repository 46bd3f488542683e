package io.infraai.contracts.asset;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.infraai.contracts.tool.FailureReason;

/** The subnets within which discovery may look; says whether one may be looked at, before anything is sent. */
public final class AllowedSubnets {

    /** Where they are configured. */
    public static final String KEY = "infraai.network.allowed-subnets";

    private static final BigInteger MOST = BigInteger.valueOf(4_096);

    /** Ourselves, our link, everybody, and those who hand out credentials: meant only by whoever names them. */
    private static final List<Subnet> SPECIAL = Stream.concat(
                    CloudMetadata.SUBNETS.stream(),
                    Stream.of(
                                    "0.0.0.0/8",
                                    "127.0.0.0/8",
                                    "224.0.0.0/4",
                                    "240.0.0.0/4",
                                    // unspecified, loopback, and what stands for IPv4 addresses in some way
                                    "::/96",
                                    "64:ff9b::/96",
                                    "64:ff9b:1::/48",
                                    "2002::/16",
                                    "fec0::/10",
                                    "ff00::/8")
                            .map(Subnet::of))
            .toList();

    private final Set<Subnet> allowed;

    /**
     * @param allowed none of them switches discovery off
     */
    public AllowedSubnets(Set<Subnet> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** What came of the check. */
    public sealed interface Verdict {

        record Allowed(Subnet subnet) implements Verdict {}

        /**
         * @param message a sentence for whoever asked
         */
        record Refused(FailureReason reason, String message) implements Verdict {}
    }

    /** What may be done with what somebody wrote. */
    public Verdict judge(String text) {
        if (allowed.isEmpty()) {
            return new Verdict.Refused(
                    FailureReason.NOT_PERMITTED,
                    "Network discovery is off: set " + KEY + " to the subnets within which it may look");
        }
        try {
            return judge(Subnet.of(text));
        } catch (IllegalArgumentException e) {
            return new Verdict.Refused(FailureReason.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
        }
    }

    private Verdict judge(Subnet subnet) {
        if (subnet.addresses().compareTo(MOST) > 0) {
            return new Verdict.Refused(
                    FailureReason.INVALID_PARAMETERS,
                    subnet + " has more than " + MOST + " addresses: look at /20 or less at a time, /116 in IPv6");
        }
        if (allowed.stream().noneMatch(each -> each.contains(subnet))) {
            return new Verdict.Refused(
                    FailureReason.NOT_PERMITTED, subnet + " isn't within the subnets that " + KEY + " allows");
        }
        if (SPECIAL.stream().anyMatch(special -> special.overlaps(subnet) && !isNamed(special, subnet))) {
            return new Verdict.Refused(
                    FailureReason.NOT_PERMITTED,
                    subnet + " holds loopback, link-local, multicast or metadata addresses: only an entry of " + KEY
                            + " that lies within those allows them");
        }
        return new Verdict.Allowed(subnet);
    }

    private boolean isNamed(Subnet special, Subnet subnet) {
        return allowed.stream().anyMatch(each -> special.contains(each) && each.contains(subnet));
    }
}
