package io.infraai.engine.agent;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolSpec;

/** A tool that only looks, and counts how often. */
@ApplicationScoped
class LookUp implements Tool.Reading<LookUp.Parameters> {

    record Parameters(@Parameter("What to look for") String name) {}

    /** What a name begins with says how long the look takes. */
    static final String SLOW = "slow-";

    static final String NEVER = "never-";

    private static final ToolSpec<Parameters> SPEC =
            new ToolSpec<>("look_up", "Looks something up", Parameters.class, Risk.READS, "", Duration.ofSeconds(20));

    private final Map<String, Integer> looks = new ConcurrentHashMap<>();

    private final AtomicInteger slowNow = new AtomicInteger();
    private final AtomicInteger mostSlowAtOnce = new AtomicInteger();

    int mostSlowAtOnce() {
        return mostSlowAtOnce.get();
    }

    int looks(String name) {
        return looks.getOrDefault(name, 0);
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        looks.merge(parameters.name(), 1, Integer::sum);
        var found = Uni.createFrom().<ToolResult>item(new ToolResult.Done("Found " + parameters.name()));
        if (parameters.name().startsWith(NEVER)) {
            return Uni.createFrom().nothing();
        }
        return parameters.name().startsWith(SLOW) ? slow(found) : found;
    }

    private Uni<ToolResult> slow(Uni<ToolResult> found) {
        mostSlowAtOnce.accumulateAndGet(slowNow.incrementAndGet(), Math::max);
        return found.onItem()
                .delayIt()
                .by(Duration.ofMillis(300))
                .onTermination()
                .invoke(slowNow::decrementAndGet);
    }
}
