package io.infraai.policies;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.ToolSpec;

/** Tools such as workers advertise, with the schemas that the contracts make of their parameters. */
final class SampleTools implements ToolLookup {

    private final Map<String, ToolDescription> tools = Stream.of(
                    described(
                            RestartPod.class, "restart_pod", Risk.CHANGES, "k8s:{cluster}/{namespace}/pod/{pod_name}"),
                    described(
                            ScaleDeployment.class,
                            "scale_deployment",
                            Risk.CHANGES,
                            "k8s:{cluster}/{namespace}/deployment/{deployment_name}"),
                    described(
                            RolloutUndo.class,
                            "rollout_undo",
                            Risk.CHANGES,
                            "k8s:default/{namespace}/deployment/{deployment_name}"),
                    described(DeletePod.class, "delete_pod", Risk.DESTROYS, "k8s:{cluster}/{namespace}/pod/{pod_name}"),
                    described(
                            PatchResource.class,
                            "patch_resource",
                            Risk.CHANGES,
                            "k8s:default/{namespace}/{kind}/{name}"),
                    described(RestartVm.class, "restart_vm", Risk.CHANGES, "vsphere:{vm_name}"),
                    described(QueryPrometheus.class, "query_prometheus", Risk.READS, ""),
                    described(SetRatio.class, "set_ratio", Risk.CHANGES, "ratio:{name}"),
                    described(GetPolicies.class, "get_policies", Risk.READS, ""))
            .collect(Collectors.toUnmodifiableMap(ToolDescription::name, Function.identity()));

    @Override
    public Optional<ToolDescription> find(String tool) {
        return Optional.ofNullable(tools.get(tool));
    }

    private static <P extends Record> ToolDescription described(
            Class<P> parameters, String name, Risk risk, String target) {
        var spec = new ToolSpec<>(name, "Does what its name says.", parameters, risk, target, Duration.ofSeconds(10));
        var description = ToolDescription.of(tool(spec));
        return new ToolDescription(
                description.name(),
                description.description(),
                risk == Risk.READS ? ToolKind.READING : ToolKind.GUARDED,
                risk,
                description.target(),
                description.timeout(),
                description.inputSchema());
    }

    /** Only asked what it is; so nothing here needs the types that running it would. */
    private static Tool<?> tool(ToolSpec<?> spec) {
        return (Tool.Reading<?>) Proxy.newProxyInstance(
                SampleTools.class.getClassLoader(),
                new Class<?>[] {Tool.Reading.class},
                (self, method, arguments) -> spec);
    }

    record RestartPod(
            @Parameter(value = "the pod", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

            @Parameter(value = "its namespace", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace,

            @Parameter(value = "its cluster", optional = true, defaultValue = "default")
            String cluster) {}

    record DeletePod(
            @Parameter(value = "the pod", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

            @Parameter(value = "its namespace", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    record ScaleDeployment(
            @Parameter(value = "the deployment", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "how many", min = 0, max = 100)
            int replicas,

            @Parameter(value = "its namespace", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    record RolloutUndo(
            @Parameter(value = "the deployment", pattern = Parameter.DNS_SUBDOMAIN)
            String deploymentName,

            @Parameter(value = "its namespace", pattern = Parameter.DNS_LABEL, maxLength = 63)
            String namespace) {}

    record PatchResource(
            @Parameter("what kind of object") String kind,
            @Parameter("which one") String name,

            @Parameter(value = "its namespace", optional = true, defaultValue = "default")
            String namespace) {}

    record RestartVm(@Parameter("the machine") String vmName) {}

    record QueryPrometheus(
            @Parameter(value = "PromQL", maxLength = 2_000) String query) {}

    record SetRatio(
            @Parameter("what") String name,
            @Parameter("how much") double ratio,
            @Parameter(value = "really", optional = true) boolean force) {}

    record GetPolicies() {}
}
