package io.infraai.gateway.assets;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Discovery.Progress;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.gateway.Gateway;
import io.infraai.persistence.tenancy.Tenants;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class AssetTest {

    private final Gateway gateway = new Gateway();
    private final ObjectMapper json = new ObjectMapper();

    @Inject
    AssetInventory inventory;

    @Inject
    Tenants tenants;

    @Test
    void assetsAreShownWithWhatIsKnownOfThem() throws Exception {
        var service = new Service(443, "tls", null, "CN=vcenter.lab");
        await(inventory.record(
                TenantId.DEFAULT,
                List.of(new Sighting(
                        SeenBy.NETWORK_DISCOVERY, AssetType.HOST, "10.1.1.1", null, List.of(service), Map.of()))));

        var asset = listed("text=vcenter.LAB").get(0);

        assertThat(asset.path("type").asText()).isEqualTo("host");
        assertThat(asset.path("address").asText()).isEqualTo("10.1.1.1");
        assertThat(asset.has("hostname")).isFalse();
        assertThat(asset.path("seen_by")).isEqualTo(json.readTree("[\"network_discovery\"]"));
        assertThat(asset.path("services"))
                .isEqualTo(json.readTree("[{\"port\":443,\"protocol\":\"tls\",\"detail\":\"CN=vcenter.lab\"}]"));
        assertThat(Instant.parse(asset.path("last_seen").asText())).isAfter(Instant.EPOCH);
    }

    @Test
    void assetsAreFilteredAndReadInPages() {
        var mark = UUID.randomUUID().toString();
        var machines = new ArrayList<Sighting>();
        for (var i = 0; i < 5; i++) {
            machines.add(Sighting.named(
                    SeenBy.VMWARE, AssetType.VIRTUAL_MACHINE, mark + "-" + i, null, Map.of("power_state", "off")));
        }
        await(inventory.record(TenantId.DEFAULT, machines));

        var names = new ArrayList<String>();
        var cursor = "";
        do {
            var page = gateway.get("/api/assets?type=virtual_machine&limit=2&text=" + mark + cursor)
                    .expect(200)
                    .body();
            page.path("items").forEach(item -> names.add(item.path("hostname").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(names).hasSize(5).doesNotHaveDuplicates();
        assertThat(listed("type=kubernetes_node&text=" + mark)).isEmpty();
    }

    @Test
    void assetsOfAnotherTenantAreNotShown() {
        var other = new TenantId("t-" + UUID.randomUUID());
        await(tenants.create(other));
        await(inventory.record(
                other,
                List.of(Sighting.named(
                        SeenBy.VMWARE, AssetType.VIRTUAL_MACHINE, "hidden-" + other.value(), null, Map.of()))));

        assertThat(listed("text=hidden-" + other.value())).isEmpty();
    }

    @Test
    void aFilterThatCannotBeUsedIsRefused() {
        gateway.get("/api/assets?type=printer").expectProblem(400, "invalid_parameter");
        gateway.get("/api/assets?cursor=x").expectProblem(400, "invalid_parameter");
        gateway.get("/api/assets?kind=host").expectProblem(400, "invalid_parameter");
        gateway.get("/api/assets?text=" + "x".repeat(101)).expectProblem(400, "invalid_parameter");
        gateway.get("/api/assets/discoveries?type=host").expectProblem(400, "invalid_parameter");
    }

    @Test
    void lookingForAssetsBecomesATask() {
        var answer = discover("127.0.0.0/28").expect(202);

        var url = answer.body().path("task_url").asText();
        assertThat(answer.header("Location")).endsWith(url);
        var task = gateway.get(url).expect(200).body();
        assertThat(task.path("tool").asText()).isEqualTo("network_discovery");
        assertThat(task.path("parameters").path("subnet").asText()).isEqualTo("127.0.0.0/28");
        assertThat(task.path("state").asText()).isEqualTo("queued");
    }

    @Test
    void anIdempotencyKeyMakesOneLook() {
        var key = UUID.randomUUID().toString();
        var body = "{\"subnet\":\"127.0.0.0/29\"}";
        var first = gateway.send("POST", "/api/assets/discover", Gateway.adminKey(), body, "Idempotency-Key", key);
        var second = gateway.send("POST", "/api/assets/discover", Gateway.adminKey(), body, "Idempotency-Key", key);

        assertThat(second.expect(202).body().path("task_id"))
                .isEqualTo(first.expect(202).body().path("task_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1/24",
                "0177.0.0.1/32",
                "0x7f000001/32",
                "2130706433/32",
                "::ffff:127.0.0.1/128",
                "localhost/32",
                "127.0.0.0/24\\n",
                "127.0.0.0/24 --script x",
                "10.0.0.0/19",
                "10.0.0.0/8",
                "0.0.0.0/0",
                "fd00::/64",
                "192.168.0.0/24",
                "127.0.1.0/24",
                "169.254.169.254/32",
                "224.0.0.0/24"
            })
    void aSubnetThatMayNotBeLookedAtIsRefusedAtOnce(String subnet) {
        var refused = discover(subnet).expectProblem(422, "invalid");

        assertThat(refused.body().path("errors").path(0).path("path").asText()).isEqualTo("/subnet");
    }

    @Test
    void aBodyThatSaysSomethingElseIsRefused() {
        gateway.post("/api/assets/discover", "{}").expectProblem(422, "invalid");
        gateway.post("/api/assets/discover", "{\"subnet\":[\"127.0.0.0/24\"]}").expectProblem(422, "invalid");
        gateway.post("/api/assets/discover", "{\"subnet\":\"127.0.0.0/24\",\"ports\":[1]}")
                .expectProblem(422, "invalid");
        gateway.post("/api/assets/discover", "[]").expectProblem(400, "malformed_json");
    }

    @Test
    void aViewerReadsAssetsAndAsksForNone() {
        var viewer = Gateway.keyOf(Role.VIEWER);
        gateway.send("GET", "/api/assets", viewer, null).expect(200);
        gateway.send("GET", "/api/assets/discoveries", viewer, null).expect(200);
        gateway.send("POST", "/api/assets/discover", viewer, "{\"subnet\":\"127.0.0.0/28\"}")
                .expectProblem(403, "forbidden");
    }

    @Test
    void aLookIsShownWithHowFarItIs() {
        var call = UUID.randomUUID().toString();
        var context = new ToolContext(TenantId.DEFAULT, "ada", call, Instant.EPOCH);
        var id = await(inventory.begin(context, Subnet.of("10.2.0.0/24")));
        await(inventory.report(TenantId.DEFAULT, id, new Progress(DiscoveryState.RUNNING, 17, 3), List.of()));

        var shown = gateway.get("/api/assets/discoveries?limit=1&cursor=" + (id + 1))
                .expect(200)
                .body()
                .path("items")
                .path(0);

        assertThat(shown.path("subnet").asText()).isEqualTo("10.2.0.0/24");
        assertThat(shown.path("state").asText()).isEqualTo("running");
        assertThat(shown.path("correlation_id").asText()).isEqualTo(call);
        assertThat(shown.path("total").asInt()).isEqualTo(256);
        assertThat(shown.path("probed").asInt()).isEqualTo(17);
        assertThat(shown.path("found").asInt()).isEqualTo(3);
        assertThat(shown.has("ended_at")).isFalse();
    }

    private Gateway.Answer discover(String subnet) {
        gateway.awaitTools();
        return gateway.post("/api/assets/discover", "{\"subnet\":\"" + subnet + "\"}");
    }

    private JsonNode listed(String query) {
        return gateway.get("/api/assets?" + query).expect(200).body().path("items");
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
