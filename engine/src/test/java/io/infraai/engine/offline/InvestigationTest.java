package io.infraai.engine.offline;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InvestigationTest {

    @Test
    void aCrashLoopIsToldWithItsEvidenceAndWhatMayBeDone() {
        var talk = new Talk(Shop.with(Shop.CRASHING));

        var answer = talk.says("what's wrong in shop?");

        assertThat(answer)
                .contains(
                        "1 fault",
                        "CrashLoopBackOff",
                        "12 restarts",
                        "Back-off restarting failed container",
                        "14×",
                        "no database at db:5432",
                        "exit code 1",
                        "shop/web:2.0",
                        "roll back deployment web in shop");
        assertThat(talk.calls()).anyMatch(call -> call.startsWith("pod_logs") && call.contains("\"previous\":true"));
    }

    @Test
    void everyFaultIsNamed() {
        var answer = new Talk(Shop.with(Shop.THREE_FAULTS)).says("is all well in shop?");

        assertThat(answer).contains("3 faults", "CrashLoopBackOff", "ImagePullBackOff", "Pending, unschedulable");
    }

    @Test
    void eightCallsAreEnough() {
        for (var question :
                List.of("what's wrong in shop?", "is all well?", "why is deployment web in shop failing?")) {
            var talk = new Talk(Shop.with(Shop.THREE_FAULTS));

            talk.says(question);

            assertThat(talk.calls()).as(question).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void nothingWrongIsSaidWithWhatWasLookedAt() {
        var answer = new Talk(Shop.with(Shop.HEALTHY)).says("is all well in shop?");

        assertThat(answer)
                .contains("Nothing wrong found", "`list_pods`", "`events`", "`list_alerts`")
                .doesNotContain("fault");
    }

    @Test
    void anotherWorkloadsFaultIsNotTheAnswer() {
        var answer = new Talk(Shop.with(Shop.CRASHING)).says("why is pod db-0 in shop failing?");

        assertThat(answer).contains("Nothing wrong found: db-0").doesNotContain("CrashLoopBackOff");
    }

    @Test
    void aKilledContainerIsOutOfMemoryAndNotJustCrashing() {
        var shop = Shop.with(Shop.CRASHING);
        var talk = new Talk(request -> shop.apply(request)
                .replace("\"reason\":\"Error\",\"exitCode\":1", "\"reason\":\"OOMKilled\",\"exitCode\":137"));

        assertThat(talk.says("what's wrong in shop?")).contains("**OOMKilled**", "more memory than its limit");
    }

    @Test
    void aDownNodeIsAFault() {
        var shop = Shop.with(Shop.HEALTHY);
        var talk = new Talk(request ->
                request.name().equals("node_status") ? Talk.done("1 of 2 nodes ready", """
                        {"nodes":[{"name":"n1","ready":false,"troubles":["Ready=Unknown: Kubelet stopped posting node status."]}]}""") : shop.apply(request));

        assertThat(talk.says("is all well?")).contains("node not ready", "Kubelet stopped posting", "cordon node n1");
    }

    @Test
    void whatCouldNotBeLookedAtIsSaid() {
        var shop = Shop.with(Shop.HEALTHY);
        var talk = new Talk(request -> request.name().equals("list_alerts")
                ? Talk.failed("UNREACHABLE", "Alertmanager is away")
                : shop.apply(request));

        assertThat(talk.says("is all well in shop?"))
                .contains("Couldn't look at: `list_alerts` (Alertmanager is away)");
    }

    @Test
    void whereNothingCouldBeLookedAtNothingIsClaimed() {
        var talk = new Talk(_ -> Talk.failed("UNREACHABLE", "away"));

        assertThat(talk.says("is all well in shop?"))
                .contains("I couldn't look at anything")
                .doesNotContain("Nothing wrong");
    }

    @Test
    void whatItProposesIsUnderstoodWhenTheUserSaysIt() {
        var talk = new Talk(Shop.with(Shop.CRASHING));
        talk.says("what's wrong in shop?");

        talk.says("roll back deployment web in shop");

        assertThat(talk.calls()).containsExactly("rollout_undo {\"deployment_name\":\"web\",\"namespace\":\"shop\"}");
    }
}
