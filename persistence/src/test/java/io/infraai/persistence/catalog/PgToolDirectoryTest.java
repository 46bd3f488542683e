package io.infraai.persistence.catalog;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgToolDirectoryTest {

    private final ToolDirectory tools = new PgToolDirectory(Database.shared().scope());

    @Test
    void whatWorkersAdvertiseIsReadBackAndReplacedByName() {
        var first = tool("restart_pod", "Evicts a pod");
        var other = tool("restart_vm", "Resets a machine");
        await(tools.advertise(List.of(other, first)));
        assertThat(await(tools.all())).containsExactly(first, other);

        var newer = tool("restart_pod", "Evicts a pod so that it starts afresh");
        await(tools.advertise(List.of(newer)));

        assertThat(await(tools.all())).containsExactly(newer, other);
    }

    private static ToolDescription tool(String name, String description) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        return new ToolDescription(
                name, description, ToolKind.GUARDED, Risk.CHANGES, "k8s:{pod}", Duration.ofSeconds(10), schema);
    }
}
