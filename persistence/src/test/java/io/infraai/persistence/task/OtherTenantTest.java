package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.intake.EpisodeQueries.Filter;
import io.infraai.persistence.intake.Intakes;
import io.infraai.persistence.policy.Policies;
import io.infraai.persistence.policy.PolicyStore.Saved;
import io.infraai.persistence.task.TaskControl.Moved;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.task.Tasks.ALLOW;
import static io.infraai.persistence.task.Tasks.LEASE;
import static io.infraai.persistence.task.Tasks.wants;
import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Every store method as tenant B on tenant A's rows: nothing is seen, nothing changes. */
class OtherTenantTest {

    private final Database database = Database.shared();
    private final Tasks ours = Tasks.fresh();
    private final Tasks theirs = Tasks.fresh();

    @Test
    void tasksOfAnotherTenantAreNeitherSeenNorMoved() {
        var id = ours.requested("web-0");
        var before = ours.task(id);

        assertThat(theirs.claim(id)).isEmpty();
        assertThat(await(theirs.control.cancel(theirs.tenant, id, "b"))).isEqualTo(new Moved.Unknown());
        assertThat(await(theirs.control.retry(theirs.tenant, id, "b"))).isEqualTo(new Moved.Unknown());
        assertThat(await(theirs.queries.byId(theirs.tenant, id))).isEmpty();
        assertThat(await(theirs.queries.find(
                        theirs.tenant, new TaskQueries.Filter(Set.of(), Set.of(), null, OptionalLong.empty(), 100))))
                .isEmpty();
        assertThat(await(theirs.queries.summary(theirs.tenant)).byState()).isEmpty();
        await(theirs.control.pause(theirs.tenant, "b", "b"));
        await(theirs.control.resume(theirs.tenant, "b"));

        assertThat(ours.task(id)).isEqualTo(before);
    }

    @Test
    void aForgedClaimOfAnotherTenantsTaskDoesNothing() {
        var claim = ours.claimed(ours.requested("web-0"));
        var forged = as(theirs.tenant, claim);

        assertThat(theirs.intend(forged)).isFalse();
        assertThat(await(theirs.execution.heartbeat(forged, LEASE))).isFalse();
        assertThat(await(theirs.execution.release(forged))).isFalse();
        assertThat(theirs.finish(forged, TaskState.DONE).applied()).isFalse();
        assertThat(theirs.tryAgain(forged, Duration.ZERO, true).applied()).isFalse();

        assertThat(ours.finish(claim, TaskState.DONE).applied()).isTrue();
    }

    private static ClaimedTask as(TenantId tenant, ClaimedTask claim) {
        return new ClaimedTask(
                tenant,
                claim.taskId(),
                claim.uid(),
                claim.fence(),
                claim.tool(),
                claim.kind(),
                claim.targetKey(),
                claim.parameters(),
                claim.mustAsk(),
                claim.approvedTarget(),
                claim.intent(),
                claim.attempt(),
                claim.crashes(),
                claim.takenOver(),
                claim.mayAct(),
                claim.dryRun(),
                claim.guards(),
                claim.requestedBy(),
                claim.age(),
                claim.traceparent());
    }

    @Test
    void aPauseOfOneTenantHoldsNobodyElsesTasks() {
        await(theirs.control.pause(theirs.tenant, "b", "b"));

        assertThat(ours.claim(ours.requested("web-0"))).isPresent();
        assertThat(await(ours.control.paused(ours.tenant))).isEmpty();
    }

    @Test
    void theSameTargetAndKeyOfTwoTenantsAreTwo() {
        var wanted = Tasks.manual("web-0");
        var mine = await(ours.creation.request(ours.tenant, wanted));
        var other = await(theirs.creation.request(theirs.tenant, wanted));

        assertThat(mine.created()).isTrue();
        assertThat(other.created()).isTrue();
        assertThat(ours.claim(mine.taskId())).isPresent();
        assertThat(theirs.claim(other.taskId())).isPresent();
    }

    @Test
    void episodesOfAnotherTenantAreNeitherSeenNorDecided() {
        var queries = Intakes.queries(database);
        var episode = ours.episode("Ours");

        assertThat(await(queries.byId(theirs.tenant, episode))).isEmpty();
        assertThat(await(queries.byIds(theirs.tenant, List.of(episode)))).isEmpty();
        assertThat(await(queries.find(theirs.tenant, new Filter(null, Map.of(), null, 100))))
                .isEmpty();
        assertThat(await(theirs.creation.plan(theirs.tenant, List.of(wants(episode, 1, "web-0")), ALLOW)))
                .isEmpty();

        assertThat(await(ours.creation.plan(ours.tenant, List.of(wants(episode, 1, "web-0")), ALLOW)))
                .hasSize(1);
    }

    @Test
    void policiesOfAnotherTenantAreNeitherSeenNorChanged() {
        var policies = Policies.on(database);
        var document = JsonNodeFactory.instance.objectNode().put("name", "Ours").put("priority", 1);
        document.putObject("condition");
        document.putObject("action");
        var policy = await(policies.create(ours.tenant, document, "a"));

        assertThat(await(policies.byId(theirs.tenant, policy.id()))).isEmpty();
        assertThat(await(policies.all(theirs.tenant))).isEmpty();
        assertThat(await(policies.changedSince(theirs.tenant, 0))).isEmpty();
        assertThat(await(policies.replace(theirs.tenant, policy.id(), OptionalInt.empty(), document, "b")))
                .isEqualTo(new Saved.Unknown());
        assertThat(await(policies.delete(theirs.tenant, policy.id(), OptionalInt.empty(), "b")))
                .isEqualTo(new Saved.Unknown());

        assertThat(await(policies.byId(ours.tenant, policy.id()))).contains(policy);
    }
}
