package io.infraai.policies;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.PolicyAction;
import io.infraai.contracts.policy.Verification;
import io.infraai.contracts.policy.Verification.AlertClears;
import io.infraai.contracts.policy.Verification.MetricHolds;
import io.infraai.contracts.policy.Verification.None;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.contracts.tool.ToolKind;

import static io.infraai.policies.Samples.alert;
import static io.infraai.policies.Samples.fault;
import static io.infraai.policies.Samples.json;
import static io.infraai.policies.Samples.normalised;
import static io.infraai.policies.Samples.stored;
import static io.infraai.policies.Samples.valid;
import static org.assertj.core.api.Assertions.assertThat;

/** What a policy says of {@code verify} and {@code on_failure}, and what is planned of it. */
class VerificationTest {

    private static final String SCALE =
            "{\"tool\": \"mcp_scale_deployment\", \"params\": {\"deployment_name\": \"web\","
                    + " \"namespace\": \"${label.namespace}\", \"replicas\": \"${label.replicas}\"}}";

    private final PolicyIndex index = new PolicyIndex();
    private final PolicyEvaluator evaluator =
            new PolicyEvaluator(index, new ActionPlanner(new SampleTools(), Set.of("kube-system")));

    private static String policy(String fields) {
        return """
                {"name": "p", "condition": {"labels": {"alertname": "A"}}, "action": {"tool": "restart_pod",
                 "params": {"pod_name": "${label.pod}", "namespace": "shop"}}%s}""".formatted(fields);
    }

    @Test
    void whoSaysNothingWaitsForTheAlertToClear() {
        assertThat(valid(json(policy(""))).verification()).isEqualTo(Verification.DEFAULT);
        assertThat(normalised(json(policy(""))).path("verify")).isEqualTo(json("{\"alert_clears\": \"10m\"}"));
    }

    @Test
    void aPolicyThatOnlyLooksIsNotVerified() {
        var looks = Samples.withAction("{\"tool\": \"get_policies\"}");

        assertThat(valid(looks).verification()).isEqualTo(new None());
        assertThat(normalised(looks).path("verify").asText()).isEqualTo("none");
    }

    @Test
    void verificationsAreReadAndTheirDefaultsFilledIn() {
        var metric = json(policy(", \"verify\": {\"promql\": {\"query\": \"up\", \"above\": 0.5}}"));

        assertThat(valid(metric).verification())
                .isEqualTo(new MetricHolds(new MetricGuard("up", Bound.ABOVE, 0.5), Duration.ofMinutes(10)));
        assertThat(normalised(metric).path("verify"))
                .isEqualTo(json("{\"promql\": {\"query\": \"up\", \"above\": 0.5}, \"within\": \"10m\"}"));
        assertThat(valid(json(policy(", \"verify\": {\"alert_clears\": \"1h30m\"}")))
                        .verification())
                .isEqualTo(new AlertClears(Duration.ofMinutes(90)));
        assertThat(valid(json(policy(", \"verify\": \"none\""))).verification()).isEqualTo(new None());
    }

    @Test
    void stepsAreReadInTheirOrderAndStoredWithoutThePrefix() {
        var document = json(policy(", \"on_failure\": [" + SCALE + ", {\"tool\": \"get_policies\"}]"));

        assertThat(valid(document).onFailure())
                .extracting(PolicyAction::tool)
                .containsExactly("scale_deployment", "get_policies");
        assertThat(normalised(document).at("/on_failure/0/tool").asText()).isEqualTo("scale_deployment");
        assertThat(normalised(normalised(document))).isEqualTo(normalised(document));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"verify\": null|/verify|must be an object or \"none\", not null",
                "\"verify\": \"non\"|/verify|did you mean \"none\"?",
                "\"verify\": {}|/verify|either \"alert_clears\" or \"promql\"",
                "\"verify\": {\"alert_clear\": \"1m\"}|/verify/alert_clear|did you mean \"alert_clears\"?",
                "\"verify\": {\"alert_clears\": \"9s\"}|/verify/alert_clears|between 10s and 1d",
                "\"verify\": {\"alert_clears\": \"2d\"}|/verify/alert_clears|between 10s and 1d",
                "\"verify\": {\"alert_clears\": 10}|/verify/alert_clears|must be a string",
                "\"verify\": {\"alert_clears\": \"1m\", \"within\": \"1m\"}|/verify/within|belongs to",
                "\"verify\": {\"promql\": {\"query\": \"up\"}}|/verify/promql|either",
                "\"verify\": {\"promql\": {\"query\": \"up{a=${label.a}}\", \"below\": 1}}|/verify/promql/query|within quotes",
                "\"verify\": {\"promql\": {\"query\": \"up\", \"below\": 1}, \"within\": \"1s\"}|/verify/within|between 10s and 1d",
                "\"verify\": \"none\", \"on_failure\": [{\"tool\": \"get_policies\"}]|/on_failure|is never done",
                "\"on_failure\": {}|/on_failure|must be a list of steps",
                "\"on_failure\": []|/on_failure|1 to 3 steps",
                "\"on_failure\": [1]|/on_failure/0|must be an object",
                "\"on_failure\": [{\"tool\": \"reboot\"}]|/on_failure/0/tool|no worker has a tool",
                "\"on_failure\": [{\"tool\": \"restart_vm\", \"params\": {}}]|/on_failure/0/params/vm_name|needs",
                "\"on_failure\": [{\"tool\": \"get_policies\"}, {\"tool\": \"get_policies\"}]|/on_failure/0/tool|only be the last",
                "\"on_failur\": []|/on_failur|did you mean \"on_failure\"?",
            })
    void whatCannotWorkIsRefused(String field, String path, String message) {
        var fault = fault(json(policy(", " + field)));

        assertThat(fault.path()).isEqualTo(path);
        assertThat(fault.message()).contains(message);
    }

    @Test
    void moreThanThreeStepsAreRefused() {
        var four = ", \"on_failure\": [" + String.join(",", SCALE, SCALE, SCALE, SCALE) + "]";

        assertThat(fault(json(policy(four))).message()).contains("not 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"verify\": {\"alert_clears\": \"1m\"}", "\"on_failure\": [{\"tool\": \"get_policies\"}]"})
    void whatOnlyLooksHasNothingToVerify(String field) {
        assertThat(fault(Samples.with(field)).message()).contains("get_policies only looks");
    }

    @Test
    void theWholePlanIsMadeWithTheAction() {
        var plan = planned(
                ", \"mode\": \"approve\", \"limits\": {\"per_target_per_day\": 2}, \"verify\": {\"promql\": {\"query\":"
                        + " \"up{of=\\\"${label.of}\\\"}\", \"below\": 1}, \"within\": \"5m\"}, \"on_failure\": ["
                        + SCALE
                        + ", {\"tool\": \"get_policies\"}]");

        assertThat(plan.check())
                .isEqualTo(
                        json(
                                "{\"within\": \"5m\", \"promql\": {\"query\": \"up{of=\\\"we\\\\\\\"b\\\"}\", \"below\": 1.0}}"));
        assertThat(plan.steps().getFirst())
                .isEqualTo(new NextStep(
                        "scale_deployment",
                        ToolKind.GUARDED,
                        "k8s:/shop/deployment/web",
                        json("{\"deployment_name\": \"web\", \"namespace\": \"shop\"}")
                                .put("replicas", 3L),
                        1,
                        2));
        assertThat(plan.steps().getLast().approvals())
                .as("nobody is asked before a look")
                .isZero();
    }

    @Test
    void peopleAreAskedBeforeAStepThatCannotBeUndone() {
        var plan = planned(
                ", \"on_failure\": [{\"tool\": \"delete_pod\", \"params\": {\"pod_name\": \"a\", \"namespace\": \"shop\"}}]");

        assertThat(plan.steps().getFirst().approvals()).isEqualTo(1);
    }

    @Test
    void whatIsNotVerifiedHasNoPlan() {
        index.put(stored(1, policy(", \"verify\": \"none\"")));
        index.put(stored(2, Samples.withAction("{\"tool\": \"get_policies\"}").toString()));

        assertThat(evaluator.evaluate(crash(), Samples.NOW))
                .hasSize(2)
                .extracting(Evaluation::followUp)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"tool\": \"restart_vm\", \"params\": {\"vm_name\": \"${label.vm}\"}}|unresolved",
                "{\"tool\": \"gone\"}|no worker has a tool",
                "{\"tool\": \"restart_vm\", \"params\": {\"vm\": 1}}|restart_vm",
                "{\"tool\": \"delete_pod\", \"params\": {\"pod_name\": \"a\", \"namespace\": \"kube-system\"}}|protected",
            })
    void aStepThatCannotBeCarriedOutRejectsTheWholeAction(String step, String reason) {
        index.put(stored(1, policy(", \"on_failure\": [" + SCALE + ", " + step + "]")));

        var evaluation = evaluator.evaluate(crash(), Samples.NOW).getFirst();

        assertThat(evaluation.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(evaluation.reason()).startsWith("on_failure[1]: ").contains(reason);
    }

    @Test
    void aQueryThatLacksAValueRejectsTheAction() {
        index.put(stored(
                1, policy(", \"verify\": {\"promql\": {\"query\": \"up{a=\\\"${label.gone}\\\"}\", \"below\": 1}}")));

        assertThat(evaluator.evaluate(crash(), Samples.NOW).getFirst().reason())
                .startsWith("verify: unresolved: the alert has no value for ${label.gone}");
    }

    private FollowUp planned(String fields) {
        index.put(stored(1, policy(fields)));
        return Objects.requireNonNull(
                evaluator.evaluate(crash(), Samples.NOW).getFirst().followUp());
    }

    private static Alert crash() {
        return alert("alertname", "A", "pod", "web-0", "of", "we\"b", "namespace", "shop", "replicas", "3");
    }
}
