package io.infraai.policies;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.policies.PolicyReading.Invalid;
import io.infraai.policies.PolicyReading.Valid;

import static io.infraai.policies.Samples.fault;
import static io.infraai.policies.Samples.json;
import static io.infraai.policies.Samples.normalised;
import static io.infraai.policies.Samples.valid;
import static io.infraai.policies.Samples.with;
import static io.infraai.policies.Samples.withAction;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyReaderTest {

    @Test
    void theSeedsPolicyIsReadWithDefaults() {
        var policy = valid(json("""
                {"name": "Policy Name",
                 "condition": {"labels": {"alertname": "PodCrashLoop"}, "status": "firing"},
                 "action": {"tool": "mcp_restart_pod",
                            "params": {"pod_name": "${label.pod_name}", "namespace": "${label.namespace}"}},
                 "priority": 10}"""));

        assertThat(policy.action().tool()).isEqualTo("restart_pod");
        assertThat(policy.priority()).isEqualTo(10);
        assertThat(policy.mode()).isEqualTo(PolicyMode.AUTO);
        assertThat(policy.enabled()).isTrue();
        assertThat(policy.continues()).isFalse();
        assertThat(policy.limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void theStoredDocumentHasItsDefaultsFilledIn() {
        var written = json("""
                {"name": "p", "condition": {"status": "firing"}, "action": {"tool": "mcp_get_policies"}}""");

        assertThat(normalised(written)).isEqualTo(json("""
                {"name": "p", "condition": {"status": "firing"}, "action": {"tool": "get_policies"},
                 "priority": 100, "mode": "auto", "enabled": true, "verify": "none"}"""));
        assertThat(written.at("/action/tool").asText()).isEqualTo("mcp_get_policies");
    }

    @Test
    void aNormalisedDocumentIsReadBackAsItself() {
        var first = normalised(with("\"limits\": {\"cooldown\": \"1h\"}, \"continue\": true"));

        assertThat(normalised(first)).isEqualTo(first);
    }

    @Test
    void theDefaultModeIsTheInstallations() {
        var observing = new PolicyReader(new SampleTools(), PolicyMode.OBSERVE);
        var reading = observing.read(TenantId.DEFAULT, 1, 1, with("\"priority\": 1"));

        assertThat(reading).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.policy().mode()).isEqualTo(PolicyMode.OBSERVE);
            assertThat(valid.document().path("mode").asText()).isEqualTo("observe");
        });
    }

    @Test
    void everyOptionalFieldIsRead() {
        var policy = valid(with("""
                "description": "two\\nlines", "priority": 0, "mode": "approve", "enabled": false, "continue": true,
                "limits": {"cooldown": "1h30m", "per_target_per_day": 2, "max_age": "5m"}"""));

        assertThat(policy.priority()).isZero();
        assertThat(policy.mode()).isEqualTo(PolicyMode.APPROVE);
        assertThat(policy.enabled()).isFalse();
        assertThat(policy.continues()).isTrue();
        assertThat(policy.limits()).isEqualTo(new Limits(Duration.ofMinutes(90), 2, Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"priority\": 2147483648|/priority|between 0 and 1000000",
                "\"priority\": -1|/priority|between",
                "\"priority\": 1000001|/priority|between",
                "\"priority\": \"10\"|/priority|whole number, not a string",
                "\"priority\": 1.5|/priority|whole number, not 1.5",
                "\"priority\": null|/priority|not null",
                "\"mode\": \"Auto\"|/mode|did you mean \"auto\"?",
                "\"mode\": \"dryrun\"|/mode|observe, approve, auto",
                "\"mode\": null|/mode|not null",
                "\"enabled\": \"yes\"|/enabled|true or false",
                "\"continue\": 1|/continue|true or false",
                "\"prioritty\": 1|/prioritty|did you mean \"priority\"?",
                "\"continues\": true|/continues|did you mean \"continue\"?",
                "\"id\": 7|/id|unknown field",
                "\"description\": 5|/description|must be a string",
                "\"limits\": 5|/limits|must be an object",
                "\"limits\": {\"cooldown\": \"10\"}|/limits/cooldown|duration such as",
                "\"limits\": {\"cooldown\": \"8d\"}|/limits/cooldown|between 0s and 7d",
                "\"limits\": {\"per_target_per_day\": 0}|/limits/per_target_per_day|between",
                "\"limits\": {\"max_age\": \"1s\"}|/limits/max_age|between 10s and 1d",
                "\"limits\": {\"max_ages\": \"1m\"}|/limits/max_ages|did you mean \"max_age\"?",
            })
    void fieldsThatDoNotFitAreRefused(String field, String path, String message) {
        var fault = fault(with(field));

        assertThat(fault.path()).isEqualTo(path);
        assertThat(fault.message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "a\u001bb", "a\u202eb", "a\u200fb", "a\u2028b", "a\nb"})
    void namesAreOnePrintableLine(String name) {
        assertThat(fault(with("\"priority\": 1").put("name", name)).path()).isEqualTo("/name");
    }

    @Test
    void namesMayHoldMarkupAndAnyLanguageUpTo200Characters() {
        assertThat(valid(with("\"priority\": 1").put("name", "<b>Überlast 再起動</b>"))
                        .name())
                .contains("再起動");
        assertThat(valid(with("\"priority\": 1").put("name", "😀".repeat(200))).name())
                .isNotEmpty();
        assertThat(fault(with("\"priority\": 1").put("name", "😀".repeat(201))).path())
                .isEqualTo("/name");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(Samples.faults(json("{}")))
                .extracting(PolicyReading.Fault::path)
                .containsExactly("/name", "/condition", "/action");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/action/tool|missing",
                "{\"tool\": 5}|/action/tool|must be a string",
                "{\"tool\": \"reboot\"}|/action/tool|no worker has a tool \"reboot\"",
                "{\"tool\": \"${label.tool}\"}|/action/tool|no worker has a tool",
                "{\"tool\": \"get_policies\", \"param\": {}}|/action/param|did you mean \"params\"?",
                "{\"tool\": \"get_policies\", \"params\": []}|/action/params|must be an object",
                "{\"tool\": \"restart_pod\", \"params\": {\"pod\": \"a\", \"namespace\": \"b\"}}|/action/params/pod_name|needs",
                "{\"tool\": \"restart_vm\", \"params\": {\"vm_nam\": \"a\", \"vm_name\": \"b\"}}|/action/params/vm_nam|did you mean \"vm_name\"?",
                "{\"tool\": \"restart_vm\", \"params\": {\"vm_name\": 5}}|/action/params/vm_name|\"vm_name\" is 5",
                "{\"tool\": \"restart_vm\", \"params\": {\"vm_name\": null}}|/action/params/vm_name|null",
                "{\"tool\": \"restart_pod\", \"params\": {\"pod_name\": \"a\", \"namespace\": \"../x\"}}|/action/params/namespace|pattern",
                "{\"tool\": \"restart_pod\", \"params\": {\"pod_name\": \"${labels.pod}\", \"namespace\": \"x\"}}|/action/params/pod_name|pattern",
            })
    void actionsAreCheckedAgainstTheirTool(String action, String path, String message) {
        assertThat(Samples.faults(withAction(action))).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000000", "101", "1.5", "\"5\"", "\"${label.a}0\"", "true", "null", "[1]"})
    void numbersMustFitTheirBounds(String replicas) {
        var fault = fault(withAction("""
                {"tool": "scale_deployment",
                 "params": {"deployment_name": "web", "namespace": "shop", "replicas": %s}}""".formatted(replicas)));

        assertThat(fault.path()).isEqualTo("/action/params/replicas");
        assertThat(fault.message()).contains("\"replicas\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "\"${label.replicas}\""})
    void numbersMayBePlaceholders(String replicas) {
        assertThat(valid(withAction("""
                        {"tool": "scale_deployment",
                         "params": {"deployment_name": "web", "namespace": "shop", "replicas": %s}}""".formatted(replicas)))).isNotNull();
    }

    @Test
    void aStoredPolicyMayNameAToolThatIsGone() {
        var policy = Samples.stored(3, """
                {"name": "p", "condition": {"status": "firing"}, "action": {"tool": "gone", "params": {"x": [1]}}}""");

        assertThat(policy.action().tool()).isEqualTo("gone");
    }

    @Test
    void aStoredPolicyWithABadConditionIsRefusedAllTheSame() {
        var reader = new PolicyReader(new SampleTools(), PolicyMode.AUTO);
        var document = json("""
                {"name": "p", "condition": {"lables": {}}, "action": {"tool": "gone"}}""");

        assertThat(reader.readStored(TenantId.DEFAULT, 1, 1, document)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"any\": [{\"promql\": {\"query\": \"up\", \"above\": 1}}]}|/condition/any/0/promql|\"any\" or \"not\"",
                "{\"not\": {\"all\": [{\"promql\": {\"query\": \"up\", \"above\": 1}}]}}|/condition/not/all/0/promql|\"any\" or \"not\"",
                "{\"promql\": {\"query\": \"up\"}}|/condition/promql|either",
                "{\"promql\": {\"query\": \"up\", \"above\": 1, \"below\": 2}}|/condition/promql|either",
                "{\"promql\": {\"query\": \"up\", \"above\": \"1\"}}|/condition/promql/above|number",
                "{\"promql\": {\"above\": 1}}|/condition/promql/query|missing",
                "{\"promql\": {\"query\": \" \", \"above\": 1}}|/condition/promql/query|between",
                "{\"promql\": {\"query\": \"up{pod=${label.pod}}\", \"above\": 1}}|/condition/promql/query|within quotes",
                "{\"promql\": {\"querry\": \"up\", \"above\": 1}}|/condition/promql/querry|did you mean \"query\"?",
            })
    void liveGuardsStandWhereTheyCanBeAsked(String condition, String path, String message) {
        var fault = Samples.conditionFault(condition);

        assertThat(fault.path()).isEqualTo(path);
        assertThat(fault.message()).contains(message);
    }
}
