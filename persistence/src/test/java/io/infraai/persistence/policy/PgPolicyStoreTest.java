package io.infraai.persistence.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.persistence.policy.PolicyStore.Saved;
import io.infraai.persistence.tenancy.Database;
import io.infraai.persistence.tenancy.Rows;

import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PgPolicyStoreTest {

    private final Database database = Database.shared();
    private final PolicyStore policies = new PgPolicyStore(database.scope());
    private final TenantId tenant = database.newTenant();

    @Test
    void aPolicyIsReadBackAsItWasWritten() {
        var created = await(policies.create(tenant, document("Restart", 10), "anna"));

        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.document()).isEqualTo(document("Restart", 10));
        assertThat(await(policies.byId(tenant, created.id()))).contains(created);
        assertThat(database.query("SELECT 1 FROM tenant WHERE id = ? AND policy_epoch = 1", tenant.value()))
                .hasSize(1);
    }

    @Test
    void policiesStandInOrderOfPriorityThenAge() {
        var late = await(policies.create(tenant, document("Late", 100), "anna"));
        var first = await(policies.create(tenant, document("First", 10), "anna"));
        var second = await(policies.create(tenant, document("Second", 10), "anna"));

        assertThat(await(policies.all(tenant))).containsExactly(first, second, late);
    }

    @Test
    void aWriterThatMissedARevisionIsToldSo() {
        var id = await(policies.create(tenant, document("One", 1), "anna")).id();
        var second = await(policies.replace(tenant, id, OptionalInt.of(1), document("Two", 1), "ben"));
        assertThat(second)
                .isInstanceOfSatisfying(
                        Saved.Done.class,
                        done -> assertThat(done.policy().revision()).isEqualTo(2));

        assertThat(await(policies.replace(tenant, id, OptionalInt.of(1), document("Three", 1), "anna")))
                .isEqualTo(new Saved.Conflict(2));
        assertThat(await(policies.delete(tenant, id, OptionalInt.of(1), "anna")))
                .isEqualTo(new Saved.Conflict(2));
        assertThat(await(policies.replace(tenant, id, OptionalInt.empty(), document("Three", 1), "anna")))
                .isInstanceOf(Saved.Done.class);
        assertThat(await(policies.replace(tenant, -1, OptionalInt.empty(), document("None", 1), "anna")))
                .isEqualTo(new Saved.Unknown());
    }

    @Test
    void ofWritersAtOnceWithTheSameRevisionOneWins() {
        var id =
                await(policies.create(tenant, document("Contested", 1), "anna")).id();

        var results = awaitAll(IntStream.range(0, 8)
                .mapToObj(i -> policies.replace(tenant, id, OptionalInt.of(1), document("Writer" + i, 1), "w" + i))
                .toList());

        assertThat(results).filteredOn(Saved.Done.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new Saved.Conflict(2)::equals).hasSize(7);
    }

    @Test
    void aDeletedPolicyIsATombstoneForThoseWhoKnewIt() {
        var id = await(policies.create(tenant, document("Gone", 1), "anna")).id();
        var epoch = await(policies.changedSince(tenant, 0)).getFirst().epoch();

        assertThat(await(policies.delete(tenant, id, OptionalInt.empty(), "anna")))
                .isInstanceOf(Saved.Done.class);

        assertThat(await(policies.byId(tenant, id))).isEmpty();
        assertThat(await(policies.all(tenant))).isEmpty();
        assertThat(await(policies.changedSince(tenant, 0))).isEmpty();
        assertThat(await(policies.changedSince(tenant, epoch)))
                .singleElement()
                .satisfies(tombstone -> assertThat(tombstone.deleted()).isTrue());
        assertThat(await(policies.delete(tenant, id, OptionalInt.empty(), "anna")))
                .isEqualTo(new Saved.Unknown());
    }

    @Test
    void aReaderThatFollowsTheEpochsMissesNoChange() {
        var writers = IntStream.range(0, 40)
                .mapToObj(i -> policies.create(tenant, document("P" + i, i), "w"))
                .toList();
        var seen = new TreeSet<Long>();
        var readings = new ArrayList<PolicyDocument>();
        var all = Uni.join().all(writers).andFailFast().subscribeAsCompletionStage();
        while (seen.size() < 40) {
            var news = await(policies.changedSince(tenant, seen.isEmpty() ? 0 : seen.last()));
            news.forEach(each -> seen.add(each.epoch()));
            readings.addAll(news);
        }
        all.join();

        assertThat(readings).extracting(PolicyDocument::epoch).containsExactlyElementsOf(epochs(40));
    }

    private static List<Long> epochs(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> (long) i).toList();
    }

    @Test
    void everyRevisionIsKept() {
        var id = await(policies.create(tenant, document("One", 1), "anna")).id();
        await(policies.replace(tenant, id, OptionalInt.empty(), document("Two", 1), "ben"));
        await(policies.delete(tenant, id, OptionalInt.empty(), "cleo"));

        var kept = await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .preparedQuery("SELECT revision, by, deleted FROM policy_revision ORDER BY revision")
                                .execute()
                                .map(rows -> Rows.list(
                                        rows, row -> row.getInteger(0) + row.getString(1) + row.getBoolean(2)))));

        assertThat(kept).containsExactly("1annafalse", "2benfalse", "3cleotrue");
    }

    @Test
    void aDocumentWithoutWhatEveryPolicyHasIsRefused() {
        var incomplete = JsonNodeFactory.instance.objectNode().put("name", "No condition");

        assertThatThrownBy(() -> await(policies.create(tenant, incomplete, "anna")))
                .hasMessageContaining("null value in column \"condition\"");
    }

    private static ObjectNode document(String name, int priority) {
        var document = JsonNodeFactory.instance.objectNode().put("name", name);
        document.putObject("condition").put("label", "alertname").put("value", "PodCrashLoop");
        document.putObject("action").put("tool", "restart_pod").putObject("params");
        return document.put("priority", priority).put("mode", "auto");
    }
}
