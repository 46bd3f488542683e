package io.infraai.contracts.asset;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SightingTest {

    @Test
    void anAddressIsKeptInOneSpelling() {
        var sighting = Sighting.named(SeenBy.KUBERNETES, AssetType.KUBERNETES_NODE, "node-1", "FD00::1", Map.of());

        assertThat(sighting.address()).isEqualTo("fd00:0:0:0:0:0:0:1");
    }

    @Test
    void withoutAddressAndNameNothingWasSeen() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Sighting(SeenBy.VMWARE, AssetType.VIRTUAL_MACHINE, null, null, List.of(), Map.of()));
    }

    @Test
    void aNameThatCannotBeKeptIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Sighting.named(SeenBy.VMWARE, AssetType.VIRTUAL_MACHINE, "x".repeat(256), null, Map.of()));
    }

    @Test
    void typesAndPlacesAreReadBackFromTheirNames() {
        for (var type : AssetType.values()) {
            assertThat(AssetType.of(type.wire())).isEqualTo(type);
        }
        for (var place : SeenBy.values()) {
            assertThat(SeenBy.of(place.wire())).isEqualTo(place);
        }
        for (var state : DiscoveryState.values()) {
            assertThat(DiscoveryState.of(state.wire())).isEqualTo(state);
        }
    }
}
