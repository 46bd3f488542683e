package io.infraai.persistence;

import java.time.Instant;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.Alerts;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeSweep;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskExecution;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.persistence.task.TaskSweep;
import io.infraai.persistence.tenancy.TenantScope;
import io.infraai.persistence.tenancy.Tenants;
import io.infraai.testkit.EmbeddedServices;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** In a container: the module's own defaults are enough, and the schema is there. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class WiringTest {

    @Inject
    TenantScope scope;

    @Inject
    AlertIntake intake;

    @Inject
    EpisodeQueries episodes;

    @Inject
    Tenants tenants;

    @Inject
    ApiKeyStore keys;

    @Inject
    ToolDirectory tools;

    @Inject
    AssetInventory assets;

    @Inject
    EpisodeSweep episodeSweep;

    @Inject
    PolicyStore policies;

    @Inject
    TaskControl control;

    @Inject
    TaskCreation creation;

    @Inject
    TaskExecution execution;

    @Inject
    TaskQueries queries;

    @Inject
    TaskSweep sweep;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @Test
    void theStoresWorkWithTheModulesOwnDefaults() {
        var start = Instant.parse("2026-11-23T08:00:00Z");
        var opened =
                await(intake.accept(TenantId.DEFAULT, Alerts.batch(TenantId.DEFAULT, Alerts.firing("Wired", start))));

        assertThat(await(episodes.byIds(TenantId.DEFAULT, opened.episodes()))).hasSize(1);
        assertThat(Stream.of(keys, tools, assets, episodeSweep, policies, control, creation, execution, queries, sweep))
                .doesNotContainNull();
        assertThat(await(tenants.all())).extracting(Tenants.Tenant::id).contains(TenantId.DEFAULT);
    }

    @Test
    void theApplicationRunsUnderItsOwnRoleAndWithinItsLimits() {
        assertThat(setting("session_user")).isEqualTo(user).isEqualTo("infraai_app");
        assertThat(setting("current_setting('statement_timeout')")).isEqualTo("5s");
        assertThat(setting("current_setting('lock_timeout')")).isEqualTo("2s");
        assertThat(setting("current_setting('idle_in_transaction_session_timeout')"))
                .isEqualTo("10s");
    }

    private String setting(String expression) {
        Uni<String> value = scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT (" + expression + ")::text")
                .execute()
                .map(rows -> rows.iterator().next().getString(0)));
        return await(value);
    }
}
