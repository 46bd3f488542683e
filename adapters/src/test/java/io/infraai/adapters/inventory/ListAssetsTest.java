package io.infraai.adapters.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.inventory.ListAssets.Parameters;
import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.asset.RememberedAssets;

import static org.assertj.core.api.Assertions.assertThat;

class ListAssetsTest {

    private final RememberedAssets inventory = new RememberedAssets();

    @Test
    void assetsAreListedWithTheirServices() {
        hosts(1);

        var done = listed(new Parameters(null, null));

        assertThat(done.summary()).isEqualTo("1 asset");
        var asset = done.detail().path("assets").path(0);
        assertThat(asset.path("address").asText()).isEqualTo("10.0.0.1");
        assertThat(asset.path("type").asText()).isEqualTo("host");
        assertThat(asset.path("seen_by").path(0).asText()).isEqualTo("network_discovery");
        assertThat(asset.path("services").path(0).path("protocol").asText()).isEqualTo("ssh");
        assertThat(done.detail().path("truncated").asBoolean()).isFalse();
    }

    @Test
    void whatIsAskedForIsAskedOfTheCallersInventory() {
        listed(new Parameters("virtual_machine", "db"));

        assertThat(inventory.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.tenant()).isEqualTo(new TenantId("acme"));
            assertThat(asked.filter().type()).isEqualTo(AssetType.VIRTUAL_MACHINE);
            assertThat(asked.filter().text()).isEqualTo("db");
        });
    }

    @Test
    void aLongListIsCutAndSaysSo() {
        hosts(1_000);

        var done = listed(new Parameters(null, null));

        assertThat(done.summary()).isEqualTo("More than 100 assets");
        assertThat(done.detail().path("assets")).hasSize(100);
        assertThat(done.detail().path("truncated").asBoolean()).isTrue();
    }

    private Done listed(Parameters parameters) {
        var json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        var context = new ToolContext(new TenantId("acme"), "test", "a-call", Instant.EPOCH);
        return (Done) new ListAssets(inventory, json)
                .read(parameters, context)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private void hosts(int many) {
        inventory.give(
                LongStream.rangeClosed(1, many).mapToObj(ListAssetsTest::host).toList());
    }

    private static Asset host(long id) {
        return new Asset(
                id,
                AssetType.HOST,
                "10.0.0." + id,
                null,
                List.of(new Service(22, "ssh", null, null)),
                Map.of(),
                Set.of(SeenBy.NETWORK_DISCOVERY),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
