package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.task.TaskApproval.Voice;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** Which of the things that are done to tasks leave an entry in the audit log. */
class AuditedActsTest {

    private final Tasks tasks = Tasks.fresh();

    @Test
    void aTaskThatWasSentLeavesOneEntryWhenItEnds() {
        var id = tasks.requested("web-0");
        var claim = tasks.claimed(id);
        tasks.intend(claim);
        tasks.tryAgain(claim, Duration.ZERO, true);
        assertThat(effects()).isEmpty();
        tasks.finish(tasks.claimed(id), TaskState.DONE);

        assertThat(effects()).singleElement().satisfies(entry -> {
            assertThat(entry.get("task_id")).isEqualTo(id);
            assertThat(entry.get("target")).isEqualTo("web-0");
            assertThat(entry.get("actor")).isEqualTo("policy");
            assertThat(String.valueOf(entry.get("detail")))
                    .contains("\"tool\" : \"restart_pod\"", "\"state\" : \"done\"", "\"uid\": \"u-1\"", "\"pod_name\"");
        });
    }

    @Test
    void aTaskThatWasNeverSentLeavesNone() {
        tasks.finish(tasks.claimed(tasks.requested("web-0")), TaskState.FAILED);
        var old = tasks.requested("old");
        tasks.growsOld(old);
        tasks.claim(old);

        assertThat(tasks.state(old)).isEqualTo(TaskState.EXPIRED);
        assertThat(effects()).isEmpty();
    }

    @Test
    void aTaskOverWhichWorkersDiedLeavesOne() {
        var id = tasks.requested("web-0");
        tasks.intend(tasks.claimed(id));
        for (var i = 0; i < 3; i++) {
            tasks.leaseRunsOut(id);
            tasks.claim(id);
        }

        assertThat(tasks.state(id)).isEqualTo(TaskState.DEAD);
        assertThat(effects()).hasSize(1);
    }

    @Test
    void whatPeopleSayAndAskForIsRemembered() {
        var task = tasks.requestedWith(1, "web-0", "alice");
        var request = tasks.asked(task);
        await(tasks.approval.approve(tasks.tenant, request, new Voice("key:bob", "go"), true));
        await(tasks.control.cancel(tasks.tenant, task, "key:carol"));
        var other = tasks.requestedWith(1, "web-1", "alice");
        await(tasks.approval.reject(tasks.tenant, tasks.asked(other), new Voice("key:bob", null)));
        await(tasks.control.pause(tasks.tenant, "key:dave", "too much"));
        await(tasks.control.resume(tasks.tenant, "key:erin"));

        assertThat(entries())
                .extracting(entry -> entry.get("actor") + " " + entry.get("action") + " " + entry.get("target"))
                .containsExactly(
                        "alice task_requested web-0",
                        "key:bob approved web-0",
                        "key:carol task_cancelled web-0",
                        "alice task_requested web-1",
                        "key:bob rejected web-1",
                        "key:dave paused actions",
                        "key:erin resumed actions");
    }

    private List<Map<String, Object>> effects() {
        return entries().stream()
                .filter(entry -> AuditAction.EFFECT.wire().equals(entry.get("action")))
                .toList();
    }

    private List<Map<String, Object>> entries() {
        return tasks.database.query(
                "SELECT * FROM audit_entry WHERE tenant_id = ? ORDER BY place, id", tasks.tenant.value());
    }
}
