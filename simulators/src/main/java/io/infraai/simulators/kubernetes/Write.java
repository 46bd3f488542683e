package io.infraai.simulators.kubernetes;

import java.util.function.Consumer;

/** A write in progress: whether it is only tried, and who is told what it changed. */
record Write(boolean dryRun, Consumer<Effect> effects) {

    static final Write SILENT = new Write(false, _ -> {});

    void changed(Effect.What what, Stored object, String detail) {
        effects.accept(Effect.of(what, object, detail));
    }
}
