package io.infraai.contracts.asset;

import java.net.InetAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CloudMetadataTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fe80::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void credentialsAreHandedOutThere(String address) {
        assertThat(CloudMetadata.isAt(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.0.0.1", "192.168.1.1", "203.0.113.7", "::1", "fd00:1::1", "64:ff9b::a00:1"})
    void othersAreServersLikeAnyOther(String address) {
        assertThat(CloudMetadata.isAt(InetAddress.ofLiteral(address))).isFalse();
    }
}
