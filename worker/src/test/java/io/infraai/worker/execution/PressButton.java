package io.infraai.worker.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolSpec;

/** A target that takes every request it gets, and whose answers get lost: what no simulated platform has yet. */
@ApplicationScoped
class PressButton implements Tool.OneShot<PressButton.Parameters, PressButton.Button> {

    record Parameters(@Parameter("Which one") String name) {}

    record Button(String name) {}

    /** What a button's name begins with says how it behaves. */
    static final String ANSWERS_GET_LOST = "mute-";

    static final String BREAKS_ITS_CALLER = "bug-";

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "press_button", "Presses a button", Parameters.class, Risk.CHANGES, "button:{name}", Duration.ofSeconds(2));

    /** Is found when somebody says so. */
    static final String IS_SOUGHT_FOR_LONG = "far-";

    private final Map<String, Integer> presses = new ConcurrentHashMap<>();
    private final Set<UniEmitter<? super Boolean>> sought = ConcurrentHashMap.newKeySet();

    int presses(String name) {
        return presses.getOrDefault(name, 0);
    }

    /** How many look-ups for far buttons are under way. */
    int sought() {
        return sought.size();
    }

    void letThemBeFound() {
        for (var each : List.copyOf(sought)) {
            sought.remove(each);
            each.complete(true);
        }
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Class<Button> identity() {
        return Button.class;
    }

    @Override
    public Uni<Identified<Button>> identify(Parameters parameters, ToolContext context) {
        if (parameters.name().startsWith(BREAKS_ITS_CALLER)) {
            return Uni.createFrom().failure(new IllegalStateException("a bug"));
        }
        var found = new Identified.Found<>(new Button(parameters.name()));
        return parameters.name().startsWith(IS_SOUGHT_FOR_LONG)
                ? Uni.createFrom().<Boolean>emitter(sought::add).replaceWith(found)
                : Uni.createFrom().item(found);
    }

    @Override
    public String describe(Parameters parameters, Button target) {
        return "Press " + target.name();
    }

    @Override
    public Uni<ToolResult> fire(Parameters parameters, Button target, ToolContext context) {
        presses.merge(target.name(), 1, Integer::sum);
        return Uni.createFrom()
                .item(
                        target.name().startsWith(ANSWERS_GET_LOST)
                                ? new ToolResult.Failed(FailureReason.TIMED_OUT, "no answer")
                                : new ToolResult.Done("Pressed"));
    }

    @Override
    public Uni<Settlement> settle(Parameters parameters, Button target, ToolContext context) {
        return Uni.createFrom().item(new Settlement.StillUnknown("a button doesn't remember"));
    }
}
