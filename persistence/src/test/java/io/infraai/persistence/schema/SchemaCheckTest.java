package io.infraai.persistence.schema;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class SchemaCheckTest {

    private static final Database DATABASE = Database.empty();

    @Test
    void aServiceIsReadyOnceTheMigrationRanAndUntilASchemaBreaksIt() {
        assertThat(check(SchemaVersion.NEEDED).getStatus()).as("empty").isEqualTo(Status.DOWN);
        DATABASE.migrated("11");
        var old = check(SchemaVersion.NEEDED);
        assertThat(old.getStatus()).as("of a release that couldn't say").isEqualTo(Status.DOWN);
        assertThat(old.getData().orElseThrow())
                .containsEntry("needed", (long) SchemaVersion.NEEDED)
                .hasEntrySatisfying(
                        "what_to_do", what -> assertThat(what.toString()).contains("migration"));

        DATABASE.migrated("latest");

        var ready = check(SchemaVersion.NEEDED);
        assertThat(ready.getStatus()).isEqualTo(Status.UP);
        assertThat(ready.getData().orElseThrow())
                .containsEntry("schema", (long) SchemaVersion.NEEDED)
                .doesNotContainKey("what_to_do");
        assertThat(check(SchemaVersion.NEEDED + 1).getStatus())
                .as("of the next release")
                .isEqualTo(Status.DOWN);
        assertThat(check(11).getStatus()).as("of the release before").isEqualTo(Status.UP);
        DATABASE.change("UPDATE schema_compatibility SET works_from = ?", SchemaVersion.NEEDED);
        assertThat(check(11).getStatus()).as("broken by it").isEqualTo(Status.DOWN);
    }

    private static HealthCheckResponse check(int needed) {
        return await(new SchemaCheck(DATABASE.scope(), needed).call());
    }
}
