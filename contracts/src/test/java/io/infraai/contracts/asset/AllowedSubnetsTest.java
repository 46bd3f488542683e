package io.infraai.contracts.asset;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.asset.AllowedSubnets.Verdict.Allowed;
import io.infraai.contracts.asset.AllowedSubnets.Verdict.Refused;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedSubnetsTest {

    @Test
    void withoutAnyDiscoveryIsOffAndTheKeyIsNamed() {
        var refused = refused("10.0.0.0/24");

        assertThat(refused.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(refused.message()).contains("infraai.network.allowed-subnets");
    }

    @Test
    void aSubnetWithinAnAllowedOneMayBeLookedAt() {
        assertThat(judged("10.1.2.0/24", "10.0.0.0/8")).isEqualTo(new Allowed(Subnet.of("10.1.2.0/24")));
        assertThat(judged("fd12::/120", "fd00::/8")).isEqualTo(new Allowed(Subnet.of("fd12::/120")));
    }

    @Test
    void aSubnetThatReachesOutOfTheAllowedOnesIsRefused() {
        assertThat(refused("10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24").reason())
                .isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(refused("192.168.0.0/24", "10.0.0.0/8").reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(refused("fd12::/120", "0.0.0.0/0").reason()).isEqualTo(FailureReason.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/19", "10.0.0.0/8", "0.0.0.0/0", "fd12::/115", "fd12::/64", "::/0"})
    void moreThan4096AddressesAreRefusedEvenIfAllowed(String subnet) {
        assertThat(refused(subnet, "0.0.0.0/0", "::/0").reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/20", "fd12::/116"})
    void upTo4096AddressesMayBeLookedAt(String subnet) {
        assertThat(judged(subnet, "0.0.0.0/0", "::/0")).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/24",
                "127.0.0.0/24",
                "127.0.0.1/32",
                "169.254.169.254/32",
                "169.254.160.0/20",
                "100.100.100.200/32",
                "100.100.96.0/20",
                "168.63.129.16/32",
                "192.0.0.0/24",
                "224.0.0.0/24",
                "239.255.255.0/24",
                "255.255.255.255/32",
                "::/120",
                "::1/128",
                "::7f00:1/128",
                "fe80::/120",
                "ff02::1/128",
                "fd00:ec2::254/128",
                "fd20:ce::/116",
                "64:ff9b::a9fe:a9fe/128",
                "2002:7f00:1::/120"
            })
    void specialAddressesAreRefusedUnlessAnEntryLiesWithinThem(String subnet) {
        assertThat(refused(subnet, "0.0.0.0/0", "::/0").message()).contains("metadata");
    }

    @Test
    void loopbackMayBeLookedAtWhereItIsNamed() {
        assertThat(judged("127.0.0.0/28", "127.0.0.0/24")).isInstanceOf(Allowed.class);
        assertThat(judged("::1/128", "::1/128")).isInstanceOf(Allowed.class);
        assertThat(judged("127.0.1.0/28", "127.0.0.0/24", "0.0.0.0/0")).isInstanceOf(Refused.class);
    }

    @Test
    void whatIsNoSubnetIsRefusedWithASentence() {
        var refused = refused("router.example/24", "0.0.0.0/0");

        assertThat(refused.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(refused.message()).contains("must be an IP address");
    }

    private static AllowedSubnets.Verdict judged(String subnet, String... allowed) {
        Set<Subnet> subnets = Stream.of(allowed).map(Subnet::of).collect(Collectors.toSet());
        return new AllowedSubnets(subnets).judge(subnet);
    }

    private static Refused refused(String subnet, String... allowed) {
        return (Refused) judged(subnet, allowed);
    }
}
