package io.infraai.persistence.audit;

import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.audit.AuditCheck.Fault;
import io.infraai.contracts.audit.AuditHead;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever somebody does to the log who may do everything to the database, verifying it tells. */
class AuditTamperingTest {

    private static final long SEED = 20_261_126;
    private static final int TAMPERINGS = 100;
    private static final int BLOCKS = 3;
    private static final int IN_EACH = 3;
    private static final int ENTRIES = BLOCKS * IN_EACH;

    private static final String ENTRY = "WHERE tenant_id = ? AND id = ?";
    private static final String BLOCK = "WHERE tenant_id = ? AND last_seq = ?";

    /** Each changes one thing about a log of {@link #ENTRIES}. */
    private static final List<BiConsumer<Audits, Random>> WAYS = List.of(
            entry("UPDATE audit_entry SET actor = 'key:mallory' " + ENTRY),
            entry("UPDATE audit_entry SET action = 'approved' " + ENTRY),
            entry("UPDATE audit_entry SET target = target || ' ' " + ENTRY),
            entry("UPDATE audit_entry SET task_id = 8 " + ENTRY),
            entry("UPDATE audit_entry SET task_id = NULL " + ENTRY),
            entry("UPDATE audit_entry SET at = at + interval '1 microsecond' " + ENTRY),
            entry("UPDATE audit_entry SET detail = replace(detail::text, 'pod', 'vm')::json " + ENTRY),
            entry("UPDATE audit_entry SET place = place - 1 " + ENTRY),
            entry("UPDATE audit_entry SET tenant_id = 'default' " + ENTRY),
            entry("DELETE FROM audit_entry " + ENTRY),
            entry("""
                    INSERT INTO audit_entry (tenant_id, place, at, actor, action, target, detail)
                    SELECT tenant_id, place - 1, at, actor, action, target, detail FROM audit_entry\s""" + ENTRY),
            entry("""
                    INSERT INTO audit_entry (tenant_id, place, id, at, actor, action, target, detail) OVERRIDING SYSTEM VALUE
                    SELECT tenant_id, place - 1, id, at, actor, action, target, detail FROM audit_entry\s""" + ENTRY),
            AuditTamperingTest::swapped,
            block("UPDATE audit_block SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1) " + BLOCK),
            block("UPDATE audit_block SET previous = set_byte(previous, 31, get_byte(previous, 31) # 1) " + BLOCK),
            block("UPDATE audit_block SET ids[2] = ids[2] + 1000000 " + BLOCK),
            block("UPDATE audit_block SET last_place = last_place + 1 " + BLOCK),
            block("UPDATE audit_block SET last_seq = last_seq + 1 " + BLOCK),
            block("DELETE FROM audit_block " + BLOCK),
            AuditTamperingTest::tailCut,
            AuditTamperingTest::rewritten);

    @Test
    void aHundredTamperingsAreFound() {
        var random = new Random(SEED);
        for (var i = 0; i < TAMPERINGS; i++) {
            var audits = Audits.with(BLOCKS, IN_EACH);
            var head = audits.verify();
            assertThat(head.valid() && head.checked() == ENTRIES)
                    .as("before tampering %d: %s", i, head)
                    .isTrue();

            WAYS.get(i % WAYS.size()).accept(audits, random);

            assertThat(audits.verify(head.head()).valid())
                    .as("found tampering %d, way %d, seed %d", i, i % WAYS.size(), SEED)
                    .isFalse();
        }
    }

    @Test
    void theFirstBrokenEntryIsTold() {
        var altered = Audits.with(BLOCKS, IN_EACH);
        altered.tamper("UPDATE audit_entry SET actor = 'x' " + ENTRY, altered.tenant.value(), id(altered, 5));
        altered.tamper("DELETE FROM audit_entry " + ENTRY, altered.tenant.value(), id(altered, 8));

        assertThat(altered.verify().firstBroken()).satisfies(first -> {
            assertThat(first.index()).isEqualTo(5);
            assertThat(first.id()).isEqualTo(id(altered, 5));
            assertThat(first.problem()).isEqualTo(Fault.ALTERED);
        });
    }

    @Test
    void whatIsMissingAndWhatWasInsertedIsToldApart() {
        var missing = Audits.with(BLOCKS, IN_EACH);
        var gone = id(missing, 4);
        missing.tamper("DELETE FROM audit_entry " + ENTRY, missing.tenant.value(), gone);
        assertThat(missing.verify().firstBroken()).satisfies(first -> {
            assertThat(first.index()).isEqualTo(4);
            assertThat(first.id()).isEqualTo(gone);
            assertThat(first.problem()).isEqualTo(Fault.MISSING);
        });

        var inserted = Audits.with(BLOCKS, IN_EACH);
        inserted.tamper("""
                INSERT INTO audit_entry (tenant_id, place, at, actor, action, target, detail)
                SELECT tenant_id, place, at, actor, action, target, detail FROM audit_entry WHERE tenant_id = ? AND id = ?""", inserted.tenant.value(), id(inserted, 1));
        assertThat(inserted.verify().firstBroken()).satisfies(first -> {
            assertThat(first.index()).isEqualTo(4);
            assertThat(first.problem()).isEqualTo(Fault.INSERTED);
        });
    }

    @Test
    void aCutOffEndIsNoticedByWhoeverKeptAHead() {
        var audits = Audits.with(BLOCKS, IN_EACH);
        var head = audits.verify().head();
        tailCut(audits, new Random(SEED));

        assertThat(audits.verify().valid())
                .as("nothing in the log tells of its end")
                .isTrue();
        assertThat(audits.verify(head).firstBroken()).satisfies(first -> {
            assertThat(first.index()).isEqualTo(ENTRIES - IN_EACH + 1);
            assertThat(first.problem()).isEqualTo(Fault.MISSING);
        });
        assertThat(await(audits.log.verify(audits.tenant, head, List.of())).valid())
                .isFalse();
    }

    private static BiConsumer<Audits, Random> entry(String sql) {
        return (audits, random) -> audits.tamper(sql, audits.tenant.value(), id(audits, 1 + random.nextInt(ENTRIES)));
    }

    private static BiConsumer<Audits, Random> block(String sql) {
        return (audits, random) ->
                audits.tamper(sql, audits.tenant.value(), (long) IN_EACH * (1 + random.nextInt(BLOCKS)));
    }

    private static void swapped(Audits audits, Random random) {
        var one = 1 + random.nextInt(ENTRIES);
        var other = one % ENTRIES + 1;
        audits.tamper(
                """
                UPDATE audit_entry a SET target = b.target, detail = b.detail, at = b.at FROM audit_entry b
                WHERE a.tenant_id = ? AND b.tenant_id = a.tenant_id AND (a.id, b.id) IN ((?, ?), (?, ?))""", audits.tenant.value(), id(audits, one), id(audits, other), id(audits, other), id(audits, one));
    }

    private static void tailCut(Audits audits, Random unused) {
        var kept = (long) ENTRIES - IN_EACH;
        var ids = audits.ids().subList((int) kept, ENTRIES).toArray(Long[]::new);
        audits.tamper("DELETE FROM audit_block WHERE tenant_id = ? AND last_seq > ?", audits.tenant.value(), kept);
        for (var id : ids) {
            audits.tamper("DELETE FROM audit_entry " + ENTRY, audits.tenant.value(), id);
        }
    }

    /** With the right hashes, as a sealer makes them. */
    private static void rewritten(Audits audits, Random random) {
        entry("UPDATE audit_entry SET actor = 'key:mallory' " + ENTRY).accept(audits, random);
        audits.tamper("DELETE FROM audit_block WHERE tenant_id = ?", audits.tenant.value());
        var head = audits.seal();
        assertThat(head.seq()).isEqualTo(ENTRIES);
        assertThat(audits.verify()).matches(check -> check.valid(), "all fits, but for a head that was kept");
        assertThat(head).isNotEqualTo(AuditHead.START);
    }

    private static long id(Audits audits, int seq) {
        return audits.ids().get(seq - 1);
    }
}
