package io.infraai.policies;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.MetricCheck;

import static io.infraai.policies.Samples.alert;
import static io.infraai.policies.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyEvaluatorTest {

    private final PolicyIndex index = new PolicyIndex();
    private final PolicyEvaluator evaluator =
            new PolicyEvaluator(index, new ActionPlanner(new SampleTools(), Set.of("kube-system")));

    private void policy(long id, String fields, String action) {
        index.put(stored(id, """
                {"name": "p%d", "condition": {"labels": {"alertname": "A"}}, "action": %s%s}""".formatted(id, action, fields)));
    }

    private void restarting(long id, String fields) {
        policy(id, fields, """
                {"tool": "restart_pod", "params": {"pod_name": "${label.pod}", "namespace": "${label.namespace}"}}""");
    }

    private static Alert crash(String... more) {
        var labels = Samples.labels("alertname", "A", "pod", "web-0", "namespace", "shop");
        labels.putAll(Samples.labels(more));
        return alert(AlertStatus.FIRING, labels, Samples.labels());
    }

    private List<Evaluation> evaluate(Alert alert) {
        return evaluator.evaluate(alert, Samples.NOW);
    }

    private Evaluation only(Alert alert) {
        return evaluate(alert).getFirst();
    }

    private String outcomes(Alert alert) {
        return evaluate(alert).stream()
                .map(each -> each.policy().id() + " " + each.outcome().wire())
                .collect(Collectors.joining(", "));
    }

    @Test
    void anAutomaticPolicyIsDispatchedWithItsTarget() {
        restarting(1, "");
        var evaluation = only(crash());

        assertThat(evaluation.outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(evaluation.reason()).isEqualTo("Runs restart_pod on k8s:default/shop/pod/web-0.");
        assertThat(evaluation.action()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "observe, OBSERVED, Would run restart_pod",
        "approve, AWAITING_APPROVAL, as its mode is approve",
        "auto, DISPATCHED, Runs restart_pod"
    })
    void theModeDecidesHowFarItGoes(String mode, Outcome expected, String reason) {
        restarting(1, ", \"mode\": \"" + mode + "\"");
        var evaluation = only(crash());

        assertThat(evaluation.outcome()).isEqualTo(expected);
        assertThat(evaluation.reason()).contains(reason).contains("web-0");
    }

    @Test
    void whatCannotBeUndoneAlwaysWantsAPerson() {
        policy(1, ", \"mode\": \"auto\"", """
                {"tool": "delete_pod", "params": {"pod_name": "${label.pod}", "namespace": "shop"}}""");

        assertThat(only(crash()).outcome()).isEqualTo(Outcome.AWAITING_APPROVAL);
        assertThat(only(crash()).reason()).contains("can't be undone");
    }

    @Test
    void toolsThatOnlyLookAreActionsToo() {
        policy(1, "", """
                {"tool": "query_prometheus", "params": {"query": "up{pod=\\"${label.pod}\\"}"}}""");

        assertThat(only(crash("pod", "a\"} or up{x=\"")).outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(only(crash("pod", "a\"} or up{x=\"")).action())
                .extracting(action -> action.params().path("query").asText())
                .isEqualTo("up{pod=\"a\\\"} or up{x=\\\"\"}");
    }

    @Test
    void nobodyIsAskedBeforeAToolOnlyLooks() {
        policy(1, ", \"mode\": \"approve\"", """
                {"tool": "query_prometheus", "params": {"query": "up"}}""");

        assertThat(only(crash()).outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(only(crash()).reason()).contains("only looks");
    }

    @Test
    void theFirstByPriorityThenIdActsAndTheOthersStandBack() {
        restarting(3, ", \"priority\": 20");
        restarting(2, ", \"priority\": 10");
        restarting(1, "");
        restarting(4, ", \"priority\": 10");

        assertThat(outcomes(crash())).isEqualTo("2 dispatched, 4 superseded, 3 superseded, 1 superseded");
        assertThat(evaluate(crash()).get(1).reason()).contains("\"p2\" (id 2)");
    }

    @Test
    void aPolicyThatContinuesLetsTheNextOneAct() {
        restarting(1, ", \"continue\": true");
        restarting(2, "");
        restarting(3, "");

        assertThat(outcomes(crash())).isEqualTo("1 dispatched, 2 dispatched, 3 superseded");
    }

    @Test
    void neitherObservingNorRejectedPoliciesHoldOthersBack() {
        restarting(1, ", \"mode\": \"observe\"");
        policy(2, "", "{\"tool\": \"gone\"}");
        restarting(3, ", \"mode\": \"approve\"");
        restarting(4, "");

        assertThat(outcomes(crash())).isEqualTo("1 observed, 2 rejected, 3 awaiting_approval, 4 superseded");
    }

    @Test
    void whatCannotBeCarriedOutIsRejectedEvenBehindOneThatActs() {
        restarting(1, "");
        policy(2, "", "{\"tool\": \"gone\"}");

        assertThat(outcomes(crash())).isEqualTo("1 dispatched, 2 rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void withoutAValueNothingIsCalled(String pod) {
        restarting(1, "");
        var evaluation = only(crash("pod", pod));

        assertThat(evaluation.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(evaluation.reason()).contains("unresolved").contains("${label.pod}");
        assertThat(evaluation.action()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../nodes/x", "a/b", "Shop", "*", ".*", "a,b", "[\"a\"]", "${label.pod}", "{{x}}"})
    void valuesThatAreNoNameAreRejected(String namespace) {
        restarting(1, "");
        var evaluation = only(crash("namespace", namespace));

        assertThat(evaluation.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(evaluation.reason()).contains("\"namespace\"");
    }

    @Test
    void anAlertFromAProtectedNamespaceIsRejected() {
        restarting(1, "");

        assertThat(only(crash("namespace", "kube-system")).reason()).contains("protected");
    }

    @ParameterizedTest
    @CsvSource({"5, DISPATCHED", "0, DISPATCHED", "-1, REJECTED", "101, REJECTED", "5.5, REJECTED", "many, REJECTED"})
    void aWholePlaceholderBecomesANumber(String replicas, Outcome expected) {
        policy(1, "", """
                {"tool": "scale_deployment",
                 "params": {"deployment_name": "web", "namespace": "shop", "replicas": "${label.replicas}"}}""");

        assertThat(only(crash("replicas", replicas)).outcome()).isEqualTo(expected);
    }

    @Test
    void numbersAndBooleansMayComeFromLabels() {
        policy(1, "", """
                {"tool": "set_ratio", "params": {"name": "n", "ratio": "${label.ratio}", "force": "${label.force}"}}""");

        assertThat(only(crash("ratio", "0.25", "force", "true")).outcome()).isEqualTo(Outcome.DISPATCHED);
        assertThat(only(crash("ratio", "NaN", "force", "true")).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(only(crash("ratio", "1", "force", "yes")).outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void liveGuardsAreCarriedWithTheirValuesFilledIn() {
        index.put(stored(1, """
                {"name": "p", "action": {"tool": "get_policies"},
                 "condition": {"label": "alertname", "value": "A",
                   "promql": {"query": "cpu{pod=\\"${label.pod}\\"}", "above": 0.9},
                   "all": [{"promql": {"query": "up", "below": 2}}]}}"""));

        assertThat(only(crash()).guards())
                .containsExactly(
                        new MetricCheck("cpu{pod=\"web-0\"}", Bound.ABOVE, 0.9), new MetricCheck("up", Bound.BELOW, 2));
        assertThat(only(crash("pod", "")).reason()).contains("unresolved");
    }

    @Test
    void aPolicyThatFailsLeavesTheOthersAlone() {
        ToolLookup failing = tool -> {
            if (tool.equals("gone")) {
                throw new IllegalStateException("no catalogue");
            }
            return new SampleTools().find(tool);
        };
        policy(1, "", "{\"tool\": \"gone\"}");
        restarting(2, "");
        var evaluations =
                new PolicyEvaluator(index, new ActionPlanner(failing, Set.of())).evaluate(crash(), Samples.NOW);

        assertThat(evaluations).extracting(Evaluation::outcome).containsExactly(Outcome.REJECTED, Outcome.DISPATCHED);
        assertThat(evaluations.getFirst().reason()).contains("no catalogue");
    }

    @Test
    void anExpressionThatFailsLeavesTheOthersAlone() {
        index.put(stored(1, """
                {"name": "p", "condition": {"expr": "labels.missing == 'x'"}, "action": {"tool": "get_policies"}}"""));
        restarting(2, "");

        assertThat(outcomes(crash())).isEqualTo("2 dispatched");
    }
}
