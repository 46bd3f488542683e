package io.infraai.policies;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.policies.Planned.Ready;
import io.infraai.policies.Planned.Refused;

import static io.infraai.policies.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

class ActionPlannerTest {

    private final ActionPlanner planner = new ActionPlanner(new SampleTools(), Set.of("kube-system"));

    private Refused refused(String tool, String arguments) {
        return switch (planner.plan(tool, json(arguments))) {
            case Refused refused -> refused;
            case Ready ready -> throw new AssertionError(ready.action());
        };
    }

    private PlannedAction ready(String tool, String arguments) {
        return switch (planner.plan(tool, json(arguments))) {
            case Refused refused -> throw new AssertionError(refused);
            case Ready(var action) -> action;
        };
    }

    @Test
    void theTargetsNameIsMadeOfArgumentsAndDefaults() {
        assertThat(ready("restart_pod", "{\"pod_name\": \"web-0\", \"namespace\": \"shop\"}")
                        .targetKey())
                .isEqualTo("k8s:default/shop/pod/web-0");
        assertThat(ready("restart_pod", "{\"pod_name\": \"web-0\", \"namespace\": \"shop\", \"cluster\": \"eu\"}")
                        .targetKey())
                .isEqualTo("k8s:eu/shop/pod/web-0");
        assertThat(ready("get_policies", "{}").targetKey()).isEmpty();
    }

    @Test
    void aSeparatorInAValueMakesNoOtherTargetsName() {
        assertThat(ready("restart_vm", "{\"vm_name\": \"a/b $1\"}").targetKey()).isEqualTo("vsphere:a%2Fb $1");
    }

    @Test
    void theSeedsPrefixIsAccepted() {
        assertThat(ready("mcp_restart_vm", "{\"vm_name\": \"a\"}").tool().name())
                .isEqualTo("restart_vm");
    }

    @Test
    void anUnknownToolIsRefused() {
        assertThat(refused("reboot", "{}").path()).isEmpty();
        assertThat(refused("reboot", "{}").reason()).contains("reboot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../nodes/x",
                "a/b",
                "a%2fb",
                "Shop",
                "*",
                ".*",
                "a,b",
                "[\\\"a\\\"]",
                "${label.x}",
                "a\\nb",
                "shop\\n"
            })
    void whatIsNoNamespaceIsRefusedByName(String namespace) {
        var refused = refused("restart_pod", "{\"pod_name\": \"web-0\", \"namespace\": \"" + namespace + "\"}");

        assertThat(refused.path()).isEqualTo("/namespace");
        assertThat(refused.reason()).contains("\"namespace\"").contains("pattern");
    }

    @Test
    void overlongValuesAreRefusedAndNotShownWhole() {
        var refused = refused("restart_pod", "{\"pod_name\": \"web-0\", \"namespace\": \"" + "a".repeat(300) + "\"}");

        assertThat(refused.path()).isEqualTo("/namespace");
        assertThat(refused.reason()).hasSizeLessThan(300);
    }

    @Test
    void protectedNamespacesAreLeftAlone() {
        var refused = refused("restart_pod", "{\"pod_name\": \"web-0\", \"namespace\": \"kube-system\"}");

        assertThat(refused.path()).isEqualTo("/namespace");
        assertThat(refused.reason()).contains("protected").contains("kube-system");
    }

    @Test
    void aProtectedNamespaceIsLeftAloneAsAnObjectToo() {
        for (var kind : List.of("Namespace", "namespaces", "ns")) {
            var refused = refused("patch_resource", "{\"kind\": \"" + kind + "\", \"name\": \"kube-system\"}");

            assertThat(refused.path()).isEqualTo("/name");
            assertThat(refused.reason()).contains("protected");
        }
    }

    @Test
    void whatIsPlannedIsACopy() {
        var arguments = json("{\"vm_name\": \"a\"}");
        var planned = (Ready) planner.plan("restart_vm", arguments);
        arguments.put("vm_name", "b");

        assertThat(planned.action().params().path("vm_name").asText()).isEqualTo("a");
    }
}
