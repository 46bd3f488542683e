package io.infraai.persistence.catalog;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgToolDirectoryTest {

    private static final ToolDescription RESTART_POD = tool("restart_pod", "Evicts a pod");
    private static final ToolDescription RESTART_VM = tool("restart_vm", "Resets a machine");
    private static final ToolDescription LIST_PODS = tool("list_pods", "Lists pods");

    private final Database database = Database.shared();
    private final ToolDirectory tools = new PgToolDirectory(database.scope());

    @BeforeEach
    void nothingIsKnown() {
        execute(
                "UPDATE tool SET service = service || name || gen_random_uuid(), settled_at = now(), advertised_at = now() - interval '1 day'");
    }

    @Test
    void whatWorkersAdvertiseIsReadBackAndReplacedByName() {
        await(tools.advertise("worker", false, List.of(RESTART_VM, RESTART_POD)));
        assertThat(await(tools.all()).all()).containsExactly(RESTART_POD, RESTART_VM);

        var newer = tool("restart_pod", "Evicts a pod so that it starts afresh");
        await(tools.advertise("worker", false, List.of(newer)));

        assertThat(await(tools.all()).all()).containsExactly(newer, RESTART_VM);
    }

    @Test
    void whatNoWorkerRenewsIsWithdrawn() {
        await(tools.advertise("worker", false, List.of(RESTART_POD, RESTART_VM)));
        minutesPass(6);

        await(tools.advertise("worker", true, List.of(RESTART_POD)));

        assertThat(await(tools.all()).all()).containsExactly(RESTART_POD);
    }

    @Test
    void whatOneOfSeveralWorkersRenewsIsKnown() {
        await(tools.advertise("worker", true, List.of(RESTART_POD, RESTART_VM)));
        minutesPass(4);

        await(tools.advertise("worker", true, List.of(RESTART_POD)));

        assertThat(await(tools.all()).all()).containsExactly(RESTART_POD, RESTART_VM);
    }

    @Test
    void whileAllWorkersAreAwayNothingIsForgotten() {
        await(tools.advertise("worker", true, List.of(RESTART_POD)));
        minutesPass(1_000);

        await(tools.advertise("engine", true, List.of(LIST_PODS)));

        assertThat(await(tools.all()).all()).containsExactly(LIST_PODS, RESTART_POD);
    }

    @Test
    void aWorkerThatHasJustBegunWithdrawsNothing() {
        await(tools.advertise("worker", true, List.of(RESTART_POD, RESTART_VM)));
        minutesPass(1_000);

        await(tools.advertise("worker", false, List.of(RESTART_POD)));

        assertThat(await(tools.all()).all()).containsExactly(RESTART_POD, RESTART_VM);
    }

    @Test
    void aToolOfTwoServicesIsKnownAsItWasToldLast() {
        await(tools.advertise("worker", true, List.of(tool("list_pods", "Lists pods, in older words"))));
        minutesPass(1);

        await(tools.advertise("engine", true, List.of(LIST_PODS)));

        assertThat(await(tools.all()).all()).containsExactly(LIST_PODS);
    }

    private void minutesPass(int minutes) {
        execute("UPDATE tool SET advertised_at = advertised_at - interval '1 minute' * " + minutes
                + ", settled_at = settled_at - interval '1 minute' * " + minutes);
    }

    private void execute(String sql) {
        await(database.scope().acrossTenants(connection -> connection.query(sql).execute()));
    }

    private static ToolDescription tool(String name, String description) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        return new ToolDescription(
                name, description, ToolKind.GUARDED, Risk.CHANGES, "k8s:{pod}", Duration.ofSeconds(10), schema);
    }
}
