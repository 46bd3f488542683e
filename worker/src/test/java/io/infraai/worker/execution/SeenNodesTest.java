package io.infraai.worker.execution;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** What one tool sees, another tells of: through the inventory as it is kept. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(SimulatedPlatforms.class)
class SeenNodesTest {

    @Inject
    ToolCatalog tools;

    @Inject
    ObjectMapper json;

    @Test
    void nodesThatWereLookedAtAreListedAmongTheAssets() throws IOException {
        read((Tool.Reading<?>) tools.find("node_status").orElseThrow(), "{}");

        var assets = read((Tool.Reading<?>) tools.find("list_assets").orElseThrow(), """
                {"type":"kubernetes_node","text":"node-2"}""");

        assertThat(assets.detail().path("assets")).singleElement().satisfies(node -> {
            assertThat(node.path("hostname").asText()).isEqualTo("node-2");
            assertThat(node.path("seen_by").path(0).asText()).isEqualTo("kubernetes");
            assertThat(node.path("address").asText()).startsWith("192.168.10.");
        });
    }

    private <P extends Record> Done read(Tool.Reading<P> tool, String arguments) throws IOException {
        var parameters = json.readValue(arguments, tool.spec().parameters());
        var context = new ToolContext(TenantId.DEFAULT, "test", "a-look", Instant.EPOCH);
        return (Done) tool.read(parameters, context).await().atMost(Duration.ofSeconds(20));
    }
}
