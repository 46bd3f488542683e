package io.infraai.adapters.vmware;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.ToolResult;

import static org.assertj.core.api.Assertions.assertThat;

class SeenAssetsTest extends VmwareToolTest {

    @Test
    void listedMachinesAreNotedWithTheAddressesOfTheirGuests() {
        done(listed("0"));

        assertThat(assets.named("web-01"))
                .isEqualTo(Sighting.named(
                        SeenBy.VMWARE,
                        AssetType.VIRTUAL_MACHINE,
                        "web-01",
                        "10.0.0.7",
                        Map.of("power_state", "poweredOn", "folder", "/DC0/vm/web", "host", "esx-11.example.com")));
        assertThat(assets.named("batch-01").address()).isNull();
        assertThat(assets.seen()).extracting(Sighting::hostname).doesNotContain("golden-image");
    }

    @Test
    void hostsAreNotedWithTheAddressTheyAreManagedBy() {
        done(hosts());

        assertThat(assets.named("esx-11.example.com")).satisfies(host -> {
            assertThat(host.type()).isEqualTo(AssetType.HYPERVISOR);
            assertThat(host.address()).isEqualTo("10.0.1.11");
            assertThat(host.attributes()).containsEntry("connection_state", "connected");
        });
    }

    @Test
    void anInventoryThatIsAwayDoesNotSpoilTheAnswer() {
        assets.goAway();

        assertThat(done(listed("")).detail().path("vms")).hasSize(5);
        assertThat(done(hosts()).detail().path("hosts")).hasSize(2);
    }

    @Test
    void anInventoryThatHangsIsNotWaitedForLong() {
        assets.hang();

        assertThat(done(listed("")).detail().path("vms")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "127.0.0.1", "169.254.3.4", "fe80::1", "0.0.0.0", "web-01.example.com"})
    void anAddressThatSaysNothingIsLeftOut(String address) {
        assertThat(Seen.sighting(AssetType.VIRTUAL_MACHINE, "web-01", address, Map.of()))
                .hasValueSatisfying(sighting -> assertThat(sighting.address()).isNull());
    }

    @Test
    void whatHasNoUsableNameIsNotNoted() {
        assertThat(Seen.sighting(AssetType.HYPERVISOR, "", "10.0.0.7", Map.of()))
                .isEmpty();
        assertThat(Seen.sighting(AssetType.HYPERVISOR, "x".repeat(256), "10.0.0.7", Map.of()))
                .isEmpty();
    }

    private ToolResult listed(String nameContains) {
        var parameters = new ListVms.Parameters(nameContains.isEmpty() ? null : nameContains, null);
        return got(new ListVms(servers, noted).read(parameters, context()));
    }

    private ToolResult hosts() {
        return got(new HostStatus(servers, noted).read(new HostStatus.Parameters(null, null), context()));
    }
}
