package io.infraai.persistence.tenancy;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class RowSecurityTest {

    private static final String OWN_ROWS = "(%s = NULLIF(current_setting('app.tenant'::text, true), ''::text))";

    private final Database database = Database.shared();

    @Test
    void everyTableWithATenantForcesRowSecurityForTheApplication() {
        var tables = database.query("""
                SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.qual, p.with_check
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
                LEFT JOIN pg_policies p ON p.tablename = c.relname AND p.cmd = 'ALL' AND p.roles = '{infraai_app}'
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace""");

        assertThat(tables).hasSizeGreaterThanOrEqualTo(15).allSatisfy(table -> {
            assertThat(table.get("relrowsecurity")).as(table.toString()).isEqualTo(true);
            assertThat(table.get("relforcerowsecurity")).as(table.toString()).isEqualTo(true);
            assertThat(table.get("qual")).as(table.toString()).isEqualTo(OWN_ROWS.formatted("tenant_id"));
            assertThat(table.get("with_check")).as(table.toString()).isEqualTo(OWN_ROWS.formatted("tenant_id"));
        });
    }

    @Test
    void everyKeyOfSuchATableHasTheTenantInIt() {
        var without = database.query("""
                SELECT k.conrelid::regclass::text AS table, k.conname FROM pg_constraint k
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'tenant_id'
                WHERE k.contype IN ('p', 'u', 'f') AND k.connamespace = 'public'::regnamespace
                  AND NOT a.attnum = ANY (k.conkey) AND k.conname <> 'api_key_id_key'""");

        assertThat(without).as("keys without tenant").isEmpty();
    }

    @Test
    void noOtherPolicyLetsTheApplicationSeeMore() {
        var others = database.query("""
                SELECT tablename, policyname, roles::text FROM pg_policies
                WHERE policyname <> 'own_tenant' AND roles <> '{infraai_owner}'""");

        assertThat(others).isEmpty();
    }

    @Test
    void theApplicationsRoleIsHeldByRowSecurityAndOwnsNothing() {
        var role = database.query(
                        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = 'infraai_app'")
                .getFirst();

        assertThat(role.values()).containsOnly(false);
        assertThat(database.query("SELECT tablename FROM pg_tables WHERE tableowner = 'infraai_app'"))
                .isEmpty();
    }

    @Test
    void functionsThatCrossTenantsHaveAFixedPathAndNoPublicAccess() {
        var functions = database.query("""
                SELECT proname, proconfig::text AS config, has_function_privilege('public', oid, 'EXECUTE') AS open
                FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace""");

        assertThat(functions).hasSize(14).allSatisfy(function -> {
            assertThat((String) function.get("config")).as(function.toString()).contains("search_path=pg_catalog");
            assertThat(function.get("open")).as(function.toString()).isEqualTo(false);
        });
    }

    @Test
    void withoutATenantNothingIsSeenEvenOnAConnectionThatHadOne() {
        var tenant = database.newTenant();
        for (var i = 0; i < 20; i++) {
            assertThat(seenAs(tenant)).containsExactly(tenant.value());
            List<String> seenByNobody = await(database.scope()
                    .acrossTenants(connection -> connection
                            .preparedQuery("SELECT id FROM tenant")
                            .execute()
                            .map(rows -> Rows.list(rows, row -> row.getString(0)))));
            assertThat(seenByNobody).isEmpty();
        }
    }

    private List<String> seenAs(TenantId tenant) {
        return await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .preparedQuery("SELECT id FROM tenant")
                                .execute()
                                .map(rows -> Rows.list(rows, row -> row.getString(0)))));
    }
}
