package io.infraai.persistence.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.audit.AuditEntry;
import io.infraai.contracts.audit.AuditHead;
import io.infraai.persistence.audit.AuditLog.Filter;
import io.infraai.persistence.audit.AuditLog.Place;

import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PgAuditLogTest {

    private final Audits audits = Audits.fresh();

    @Test
    void entriesAreListedNewestFirstWithTheirLinks() {
        audits.write(3, "web-0");
        var head = audits.seal();
        audits.write(1, "web-1");

        var all = find(null, Set.of(), 10, Optional.empty()).entries();

        assertThat(all).extracting(AuditEntry::target).containsExactly("web-1", "web-0", "web-0", "web-0");
        assertThat(all).extracting(AuditEntry::seq).containsExactly(null, 3L, 2L, 1L);
        assertThat(all.get(1).hash()).isEqualTo(head.hash());
        assertThat(all.get(1).previousHash()).isEqualTo(all.get(2).hash());
        assertThat(all.get(3).previousHash()).isEqualTo(AuditHead.START.hash());
        assertThat(all.getFirst().detail().path("tool").asText()).isEqualTo("restart_pod");
    }

    @Test
    void pagesLeadThroughAllThatIsWanted() {
        audits.write(5, "web-0");
        audits.write(5, "web-1");
        audits.write(5, "web-0");

        var found = new ArrayList<Long>();
        Optional<Place> before = Optional.empty();
        do {
            var part = find("web-0", Set.of(AuditAction.EFFECT), 3, before);
            part.entries().forEach(each -> found.add(each.id()));
            before = part.next();
        } while (before.isPresent());

        assertThat(found).hasSize(10).doesNotHaveDuplicates();
        assertThat(find("web-0", Set.of(AuditAction.APPROVED), 3, Optional.empty())
                        .entries())
                .isEmpty();
    }

    @Test
    void whatManyWriteAtOnceIsChainedOnceByWhoeverSeals() {
        List<Uni<Optional<AuditSealing.Sealed>>> seals = new ArrayList<>();
        List<Uni<Void>> writes = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> writes.add(audits.log.write(audits.tenant, Audits.note("web-" + i, i))));
        IntStream.range(0, 40).forEach(_ -> seals.add(audits.sealing.seal(audits.tenant)));

        Uni.combine()
                .all()
                .unis(
                        Uni.join().all(writes).andFailFast(),
                        Uni.join().all(seals).andFailFast())
                .asTuple()
                .await()
                .atMost(Duration.ofSeconds(20));
        while (audits.verify().unsealed() > 0) {
            awaitAll(List.of(audits.sealing.seal(audits.tenant), audits.sealing.seal(audits.tenant)));
        }

        var check = audits.verify();
        assertThat(check.valid()).as(check.toString()).isTrue();
        assertThat(check.complete()).isTrue();
        assertThat(check.checked()).isEqualTo(200);
        assertThat(find(null, Set.of(), 200, Optional.empty()).entries())
                .extracting(AuditEntry::seq)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void nothingIsChainedBeforeATransactionThatMayStillComeBeforeIt() {
        var written = new CompletableFuture<Void>();
        var finish = new CompletableFuture<Void>();
        var slow = audits.database
                .scope()
                .in(
                        audits.tenant,
                        connection -> AuditTrail.write(connection, audits.tenant, Audits.note("slow", 0))
                                .invoke(() -> written.complete(null))
                                .chain(() -> Uni.createFrom().completionStage(finish)))
                .subscribeAsCompletionStage();
        written.join();
        audits.write(1, "quick");

        assertThat(await(audits.sealing.seal(audits.tenant))).isEmpty();
        assertThat(audits.verify().unsealed()).isEqualTo(1);
        assertThat(await(audits.sealing.backlog()))
                .extracting(AuditSealing.Backlog::tenant)
                .contains(audits.tenant);
        finish.complete(null);
        slow.join();
        audits.seal();

        var check = audits.verify();
        assertThat(check.checked()).isEqualTo(2);
        assertThat(find(null, Set.of(), 2, Optional.empty()).entries())
                .extracting(AuditEntry::target)
                .containsExactly("quick", "slow");
    }

    @Test
    void aVerificationGoesOnFromAnEarlierHead() {
        audits.write(3, "web-0");
        var head = audits.seal();
        audits.write(2, "web-1");
        var later = audits.seal();

        var check = await(audits.log.verify(audits.tenant, head, List.of()));
        assertThat(check.valid()).isTrue();
        assertThat(check.checked()).isEqualTo(2);
        assertThat(check.head()).isEqualTo(later);
        var inside = Objects.requireNonNull(
                find(null, Set.of(), 5, Optional.empty()).entries().get(3).hash());
        assertThat(await(audits.log.verify(audits.tenant, new AuditHead(2, inside), List.of())))
                .matches(again -> again.valid() && again.checked() == 5);
        var forged = new AuditHead(3, "0".repeat(63) + "1");
        assertThat(await(audits.log.verify(audits.tenant, forged, List.of())).valid())
                .isFalse();
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        audits.write(3, "web-0");
        var head = audits.seal();
        var theirs = Audits.fresh();

        var everything = new Filter(null, Set.of(), null, null, Optional.empty(), 10);
        assertThat(await(theirs.log.find(theirs.tenant, everything)).entries()).isEmpty();
        assertThat(theirs.verify().checked() + theirs.verify().unsealed()).isZero();
        assertThat(theirs.verify(head).valid()).isFalse();
        assertThat(await(theirs.sealing.seal(theirs.tenant))).isEmpty();
        theirs.write(1, "web-0");
        assertThat(theirs.seal().seq()).isEqualTo(1);
        assertThat(audits.verify(head).checked()).isEqualTo(3);
    }

    @Test
    void theApplicationCanNeitherChangeNorDeleteEntries() {
        audits.write(1, "web-0");
        audits.seal();
        for (var sql : List.of(
                "UPDATE audit_entry SET actor = 'x'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "UPDATE audit_block SET last_seq = 9",
                "DELETE FROM audit_block",
                "UPDATE audit_epoch SET shift = 1")) {
            assertThatThrownBy(() -> await(audits.database
                            .scope()
                            .in(
                                    audits.tenant,
                                    connection -> connection.query(sql).execute())))
                    .as(sql)
                    .hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() ->
                        audits.database.change("DELETE FROM audit_entry WHERE tenant_id = ?", audits.tenant.value()))
                .as("nor can the owner by a slip")
                .hasRootCauseMessage(
                        "ERROR: The audit log is only ever added to\n  Where: PL/pgSQL function refuse_audit_change()"
                                + " line 3 at RAISE");
        assertThat(audits.verify().checked()).isEqualTo(1);
    }

    @Test
    void aDumpRestoredElsewhereIsGoneOnWith() throws IOException {
        audits.write(2, "before");
        audits.tamper("""
                INSERT INTO audit_entry (tenant_id, place, actor, action, target, detail)
                VALUES (?, pg_current_xact_id()::text::bigint + (SELECT shift FROM audit_epoch) + 1000000, 'x', 'effect', 'x', '{}')""", audits.tenant.value());
        audits.database.change(migrationEnd());
        audits.write(1, "after");

        var head = audits.seal();

        assertThat(head.seq()).isEqualTo(4);
        assertThat(audits.verify().valid()).isTrue();
        assertThat(find(null, Set.of(), 1, Optional.empty())
                        .entries()
                        .getFirst()
                        .target())
                .isEqualTo("after");
        var shift = audits.database.query("SELECT shift FROM audit_epoch");
        audits.database.change(migrationEnd());
        assertThat(audits.database.query("SELECT shift FROM audit_epoch")).isEqualTo(shift);
    }

    private static String migrationEnd() throws IOException {
        try (var script = PgAuditLog.class.getResourceAsStream("/db/migration/afterMigrate__audit_places.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private AuditLog.Part find(@Nullable String target, Set<AuditAction> actions, int limit, Optional<Place> before) {
        return await(audits.log.find(audits.tenant, new Filter(null, actions, target, null, before, limit)));
    }
}
