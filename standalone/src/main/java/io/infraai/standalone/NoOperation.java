package io.infraai.standalone;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.lookup.LookupIfProperty;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolSpec;

/** Does nothing, at once: what a benchmark of everything around a tool acts with. */
@ApplicationScoped
@LookupIfProperty(name = "infraai.no-operation", stringValue = "true")
class NoOperation implements Tool.Guarded<NoOperation.Parameters, NoOperation.Target> {

    record Parameters(
            @Parameter("Whatever it is that nothing is done to")
            String target) {}

    record Target(String name) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "no_operation", "Does nothing", Parameters.class, Risk.CHANGES, "nothing:{target}", Duration.ofSeconds(1));

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Target> identity() {
        return Target.class;
    }

    @Override
    public Uni<Identified<Target>> identify(Parameters parameters, ToolContext context) {
        return Uni.createFrom().item(new Identified.Found<>(new Target(parameters.target())));
    }

    @Override
    public String describe(Parameters parameters, Target target) {
        return "Do nothing to " + target.name();
    }

    @Override
    public Uni<ToolResult> apply(Parameters parameters, Target target, ToolContext context) {
        return Uni.createFrom().item(new ToolResult.Done("Did nothing to " + target.name()));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Target target, ToolContext context) {
        return Uni.createFrom().item(new Settlement.NeverHappened("nothing ever does"));
    }
}
