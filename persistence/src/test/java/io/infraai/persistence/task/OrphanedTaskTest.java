package io.infraai.persistence.task;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.access.ApiKeyStore;
import io.infraai.persistence.access.ApiKeyStore.ApiKey;
import io.infraai.persistence.access.Keys;
import io.infraai.persistence.task.TaskApproval.Voice;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What somebody asked for and nobody has begun is not begun once their key holds no more. */
class OrphanedTaskTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Tasks tasks = Tasks.fresh();
    private final ApiKeyStore keys = Keys.store(tasks.database);

    @Test
    void aTaskIsNotBegunOnceTheKeyThatItWasAskedWithWasRevoked() {
        var key = key("ada");
        var task = tasks.requestedWith(1, "web-0", "key:ada");
        var before = tasks.requestedWith(1, "web-1", "key:ada");
        assertThat(tasks.claim(before)).isPresent();

        await(keys.revoke(tasks.tenant, key, "root"));

        assertThat(tasks.claim(task)).isEmpty();
        assertThat(tasks.state(task)).isEqualTo(TaskState.CANCELLED);
        assertThat(tasks.task(task).reason()).isEqualTo("The key that it was asked with holds no more");
    }

    @Test
    void whatPeopleAgreedToIsTheirs() {
        var key = key("ada");
        var task = tasks.requestedWith(1, "web-0", "key:ada");
        var approval = tasks.asked(task);
        await(tasks.approval.approve(tasks.tenant, approval, new Voice("ben", null), true));

        await(keys.revoke(tasks.tenant, key, "root"));

        assertThat(tasks.claim(task)).isPresent();
    }

    @Test
    void anotherKeyOfTheSameNameIsEnough() {
        var old = key("ada");
        key("ada");
        var task = tasks.requestedWith(1, "web-0", "key:ada");

        await(keys.revoke(tasks.tenant, old, "root"));

        assertThat(tasks.claim(task)).isPresent();
    }

    private String key(String name) {
        var id = UUID.randomUUID().toString().substring(0, 12);
        await(keys.create(
                new ApiKey(tasks.tenant, id, name, "hash", Set.of(Role.OPERATOR), LONG_AGO, null, null), "root"));
        return id;
    }
}
