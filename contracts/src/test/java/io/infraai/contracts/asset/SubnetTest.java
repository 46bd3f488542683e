package io.infraai.contracts.asset;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SubnetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "/24",
                "10.0.0.0/24/24",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+24",
                "10.0.0.0/024",
                "10.0.0.0/0x18",
                "10.0.0.0/255.255.255.0",
                "10.0.0.0/99999999999",
                "010.0.0.0/24",
                "10.0.0.00/24",
                "0x0a000000/24",
                "0xa.0.0.0/24",
                "167772160/24",
                "10.0.0/24",
                "10/8",
                "::ffff:10.0.0.0/120",
                "::10.0.0.0/120",
                "fe80::%eth0/120",
                "fe80::%1/120",
                "[fd00::]/120",
                "fd00::/129",
                "fd00:::/120",
                "localhost/32",
                "router.example/32",
                " 10.0.0.0/24",
                "10.0.0.0/24 ",
                "10.0.0.0/24\n",
                "10.0.0.0\n/24",
                "10.0.0.0/24 -oN x",
                "--version",
                "$(id)/24",
                "10.0.0.0/24;id",
                "１0.0.0.0/24",
                "10.0.0.0/２4",
                "10.0.0.0 - 10.0.0.9",
                "10.0.0.*/24"
            })
    void whatIsNoPlainCidrIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subnet.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/24", "10.0.0.128/24", "0.0.0.1/0", "fd00::1/120", "fd00::8000:0/64"})
    void bitsBehindThePrefixAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.of(text))
                .withMessageContaining("behind its prefix");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 256, 10.0.0.0/24",
        "10.0.0.7/32, 1, 10.0.0.7/32",
        "0.0.0.0/0, 4294967296, 0.0.0.0/0",
        "255.255.240.0/20, 4096, 255.255.240.0/20",
        "fd00::/116, 4096, fd00:0:0:0:0:0:0:0/116",
        "FD00::1/128, 1, fd00:0:0:0:0:0:0:1/128"
    })
    void aPlainCidrIsReadAndWrittenInOneSpelling(String text, BigInteger addresses, String written) {
        var subnet = Subnet.of(text);

        assertThat(subnet.addresses()).isEqualTo(addresses);
        assertThat(subnet).hasToString(written).isEqualTo(Subnet.of(written));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/24, 5, 0.0.0.5",
        "10.0.0.0/23, 511, 10.0.1.255",
        "255.255.255.0/24, 255, 255.255.255.255",
        "::/120, 1, 0:0:0:0:0:0:0:1",
        "ffff::/116, 4095, ffff:0:0:0:0:0:0:fff"
    })
    void itsAddressesAreCountedFromTheFirst(String text, int index, String address) {
        assertThat(Subnet.of(text).address(index).getHostAddress()).isEqualTo(address);
    }

    @Test
    void thereIsNoAddressBehindTheLast() {
        assertThatThrownBy(() -> Subnet.of("10.0.0.0/30").address(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.0/24, true",
        "10.1.2.0/24, 10.1.2.0/24, true",
        "10.1.2.0/24, 10.0.0.0/8, false",
        "10.0.0.0/24, 10.0.1.0/24, false",
        "0.0.0.0/0, 10.0.0.0/24, true",
        "0.0.0.0/0, fd00::/120, false",
        "::/0, 10.0.0.0/24, false",
        "fd00::/8, fd12::/120, true"
    })
    void aSubnetContainsThoseWithinIt(String outer, String inner, boolean contains) {
        assertThat(Subnet.of(outer).contains(Subnet.of(inner))).isEqualTo(contains);
    }

    @Test
    void twoOverlapIfOneContainsTheOther() {
        assertThat(Subnet.of("10.0.0.0/8").overlaps(Subnet.of("10.1.0.0/16"))).isTrue();
        assertThat(Subnet.of("10.1.0.0/16").overlaps(Subnet.of("10.0.0.0/8"))).isTrue();
        assertThat(Subnet.of("10.1.0.0/16").overlaps(Subnet.of("10.2.0.0/16"))).isFalse();
    }
}
