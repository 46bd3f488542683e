package io.infraai.persistence.asset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetInventory.Filter;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Discovery.Progress;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;

class PgAssetInventoryTest {

    private static final Service SSH = new Service(22, "ssh", "OpenSSH_9.6", null);
    private static final Service HTTP = new Service(80, "http", "nginx", "HTTP/1.1 200 OK");

    private final Database database = Database.shared();
    private final AssetInventory inventory = new PgAssetInventory(database.scope());
    private final TenantId tenant = database.newTenant();

    @Test
    void whatWasSeenIsReadBackNewestFirst() {
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH, HTTP), host("10.0.0.2", SSH))));

        var assets = all();
        assertThat(assets).extracting(Asset::address).containsExactly("10.0.0.2", "10.0.0.1");
        var first = assets.getLast();
        assertThat(first.type()).isEqualTo(AssetType.HOST);
        assertThat(first.services()).containsExactly(SSH, HTTP);
        assertThat(first.seenBy()).containsExactly(SeenBy.NETWORK_DISCOVERY);
        assertThat(first.firstSeen()).isEqualTo(first.lastSeen());
    }

    @Test
    void whatIsSeenAgainIsTheSameAssetWithItsNews() {
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH))));
        var before = all().getFirst();

        await(inventory.record(tenant, List.of(host("10.0.0.1", HTTP))));

        var after = only();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.services()).containsExactly(HTTP);
        assertThat(after.firstSeen()).isEqualTo(before.firstSeen());
        assertThat(after.lastSeen()).isAfter(before.lastSeen());
    }

    @Test
    void aNodeThatAnswersInTheNetworkIsOneAsset() {
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH))));
        await(inventory.record(tenant, List.of(node("node-1", "10.0.0.1"))));
        await(inventory.record(tenant, List.of(host("10.0.0.1", "reverse.example", HTTP))));

        var asset = only();
        assertThat(asset.type()).isEqualTo(AssetType.KUBERNETES_NODE);
        assertThat(asset.hostname()).isEqualTo("node-1");
        assertThat(asset.services()).containsExactly(HTTP);
        assertThat(asset.attributes()).isEqualTo(Map.of("ready", "true"));
        assertThat(asset.seenBy()).containsExactlyInAnyOrder(SeenBy.KUBERNETES, SeenBy.NETWORK_DISCOVERY);
    }

    @Test
    void aPlatformThatKnowsNoServicesLeavesThemAsTheyAre() {
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH))));
        await(inventory.record(tenant, List.of(node("node-1", "10.0.0.1"))));

        assertThat(only().services()).containsExactly(SSH);
    }

    @Test
    void aMachineWithoutAddressIsKnownByItsName() {
        await(inventory.record(tenant, List.of(machine("db-1", null, "off"))));
        await(inventory.record(tenant, List.of(machine("db-1", null, "suspended"), machine("db-2", null, "off"))));

        assertThat(all()).extracting(Asset::hostname).containsExactly("db-2", "db-1");
        assertThat(all().getLast().attributes()).containsEntry("power_state", "suspended");
    }

    @Test
    void aMachineThatGainsAndLosesItsAddressIsOneAsset() {
        await(inventory.record(tenant, List.of(machine("db-1", null, "off"))));
        await(inventory.record(tenant, List.of(machine("db-1", "10.0.0.9", "on"))));
        assertThat(only().address()).isEqualTo("10.0.0.9");

        await(inventory.record(tenant, List.of(machine("db-1", null, "off"))));

        assertThat(only().address()).isEqualTo("10.0.0.9");
        assertThat(only().attributes()).containsEntry("power_state", "off");
    }

    @Test
    void severalSightingsOfOneAssetAreOne() {
        await(inventory.record(
                tenant,
                List.of(
                        host("10.0.0.1", SSH),
                        host("10.0.0.1", HTTP),
                        machine("a", null, "off"),
                        machine("a", null, "on"))));

        assertThat(all()).hasSize(2);
    }

    @Test
    void writersOfTheSameAssetsDoNotStopEachOther() {
        var one = List.of(host("10.0.0.1", SSH), host("10.0.0.2", SSH), host("10.0.0.3", SSH));
        var other = one.reversed();

        awaitAll(List.of(
                inventory.record(tenant, one),
                inventory.record(tenant, other),
                inventory.record(tenant, one),
                inventory.record(tenant, other)));

        assertThat(all()).hasSize(3);
    }

    @Test
    void assetsAreFoundByTypeAndText() {
        await(inventory.record(
                tenant, List.of(host("10.0.0.1", SSH), host("10.0.0.2", HTTP), machine("db-1", null, "off"))));

        assertThat(found(AssetType.VIRTUAL_MACHINE, null)).containsExactly("db-1");
        assertThat(found(null, "OPENSSH")).containsExactly("10.0.0.1");
        assertThat(found(null, "10.0.0.")).containsExactly("10.0.0.2", "10.0.0.1");
        assertThat(found(AssetType.HOST, "db-1")).isEmpty();
        assertThat(found(null, "%")).isEmpty();
    }

    @Test
    void aListIsReadInParts() {
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH), host("10.0.0.2", SSH), host("10.0.0.3", SSH))));

        var first = await(inventory.find(tenant, new Filter(null, null, OptionalLong.empty(), 2)));
        var rest = await(inventory.find(
                tenant, new Filter(null, null, OptionalLong.of(first.getLast().id()), 2)));

        assertThat(first).extracting(Asset::address).containsExactly("10.0.0.3", "10.0.0.2");
        assertThat(rest).extracting(Asset::address).containsExactly("10.0.0.1");
    }

    @Test
    void aDiscoveryTellsHowFarItIsAndWhatItSaw() {
        var id = begun();
        await(inventory.report(
                tenant, id, new Progress(DiscoveryState.RUNNING, 10, 1), List.of(host("10.0.0.1", SSH))));

        var running =
                await(inventory.discoveries(tenant, OptionalLong.empty(), 10)).getFirst();
        assertThat(running.state()).isEqualTo(DiscoveryState.RUNNING);
        assertThat(running.total()).isEqualTo(256);
        assertThat(running.probed()).isEqualTo(10);
        assertThat(running.endedAt()).isNull();
        assertThat(only().address()).isEqualTo("10.0.0.1");

        await(inventory.report(tenant, id, new Progress(DiscoveryState.DONE, 256, 2), List.of(host("10.0.0.2", SSH))));
        await(inventory.report(tenant, id, new Progress(DiscoveryState.RUNNING, 20, 1), List.of()));

        var done =
                await(inventory.discoveries(tenant, OptionalLong.empty(), 10)).getFirst();
        assertThat(done.state()).isEqualTo(DiscoveryState.DONE);
        assertThat(done.probed()).isEqualTo(256);
        assertThat(done.found()).isEqualTo(2);
        assertThat(done.endedAt()).isNotNull();
    }

    @Test
    void aDiscoveryThatIsNotHeardOfIsLost() {
        var id = begun();
        await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .preparedQuery("UPDATE discovery SET updated_at = now() - interval '31 seconds'")
                                .execute()));

        assertThat(await(inventory.discoveries(tenant, OptionalLong.empty(), 10)))
                .singleElement()
                .satisfies(lost -> {
                    assertThat(lost.id()).isEqualTo(id);
                    assertThat(lost.state()).isEqualTo(DiscoveryState.LOST);
                });
    }

    @Test
    void anotherTenantSeesAndMovesNothing() {
        var other = database.newTenant();
        var id = begun();
        await(inventory.record(tenant, List.of(host("10.0.0.1", SSH), machine("db-1", null, "off"))));

        assertThat(await(inventory.find(other, new Filter(null, null, OptionalLong.empty(), 10))))
                .isEmpty();
        assertThat(await(inventory.discoveries(other, OptionalLong.empty(), 10)))
                .isEmpty();
        await(inventory.report(other, id, new Progress(DiscoveryState.STOPPED, 1, 1), List.of()));
        await(inventory.record(
                other,
                List.of(host("10.0.0.1", HTTP), machine("db-1", "10.0.0.2", "on"), machine("db-1", null, "on"))));

        assertThat(all()).hasSize(2);
        assertThat(all().getFirst().attributes()).containsEntry("power_state", "off");
        assertThat(all().getLast().services()).containsExactly(SSH);
        assertThat(await(inventory.discoveries(tenant, OptionalLong.empty(), 10)))
                .singleElement()
                .satisfies(ours -> assertThat(ours.state()).isEqualTo(DiscoveryState.RUNNING));
    }

    private long begun() {
        var context = new ToolContext(tenant, "ada", "a-call", Instant.EPOCH);
        return await(inventory.begin(context, Subnet.of("10.0.0.0/24")));
    }

    private List<Asset> all() {
        return await(inventory.find(tenant, new Filter(null, null, OptionalLong.empty(), 100)));
    }

    private Asset only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    private List<String> found(@Nullable AssetType type, @Nullable String text) {
        return await(inventory.find(tenant, new Filter(type, text, OptionalLong.empty(), 100))).stream()
                .map(asset -> asset.address() == null ? "" + asset.hostname() : asset.address())
                .toList();
    }

    private static Sighting host(String address, Service... services) {
        return host(address, null, services);
    }

    private static Sighting host(String address, @Nullable String name, Service... services) {
        return new Sighting(SeenBy.NETWORK_DISCOVERY, AssetType.HOST, address, name, List.of(services), Map.of());
    }

    private static Sighting node(String name, String address) {
        return Sighting.named(SeenBy.KUBERNETES, AssetType.KUBERNETES_NODE, name, address, Map.of("ready", "true"));
    }

    private static Sighting machine(String name, @Nullable String address, String power) {
        return Sighting.named(SeenBy.VMWARE, AssetType.VIRTUAL_MACHINE, name, address, Map.of("power_state", power));
    }
}
