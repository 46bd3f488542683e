package io.infraai.benchmarks.evals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;

/** Leads into scenarios, asks, answers approvals, and looks at what the platforms saw. */
final class Examiner {

    private static final Duration FOR_A_TURN = Duration.ofMinutes(3);

    /** For what was agreed to until a platform's log shows it. */
    private static final Duration FOR_EFFECTS = Duration.ofSeconds(10);

    /** For what nobody wants until it would have happened; pods need 100 ms to start. */
    private static final Duration TO_SETTLE = Duration.ofMillis(700);

    /** For alerts until healing has decided about them. */
    private static final Duration TO_DECIDE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final World world;
    private final Subject infraai;
    private final String run;

    /** @param run makes sessions those of one run */
    Examiner(World world, Subject infraai, String run) {
        this.world = world;
        this.infraai = infraai;
        this.run = run;
    }

    /** What is heard and seen while a scenario goes on. */
    private static final class Notes {

        private final List<String> answers = new ArrayList<>();
        private final List<String> tools = new ArrayList<>();
        private final Set<Long> approvals = new HashSet<>();
        private Observed.Used used = Observed.Used.NOTHING;
        private Duration took = Duration.ZERO;

        void ended(JsonNode turn) {
            var reply = turn.path("reply").asText("");
            answers.add(reply.isEmpty() ? "(no answer: " + said(turn) + ")" : reply);
            turn.path("steps").forEach(step -> tools.add(step.path("tool").asText()));
            var usage = turn.path("usage");
            used = used.plus(new Observed.Used(
                    usage.path("tokens_in").asLong(),
                    usage.path("tokens_out").asLong(),
                    usage.path("cost_micros").asLong()));
        }

        private static String said(JsonNode turn) {
            return turn.path("error").isObject() ? turn.path("error").toString() : turn.toString();
        }
    }

    Outcome examine(Scenario scenario) {
        world.reset();
        // what a pod is said to be before it runs is overwritten when it does
        pause(TO_SETTLE);
        try {
            var setup = new Setup(world, infraai);
            scenario.setup().forEach(setup::take);
            pause(infraai.alerted() ? TO_DECIDE : TO_SETTLE);
            var expected = named(scenario.expect());
            var notes = new Notes();
            for (var message : scenario.turns()) {
                talk(run + "-" + scenario.id(), world.named(message), expected.approve(), notes);
            }
            until(
                    FOR_EFFECTS,
                    () -> expected.wanted().isEmpty()
                            || Score.missing(expected.wanted(), world.effects()).isEmpty());
            pause(TO_SETTLE);
            var observed = new Observed(
                    String.join("\n", notes.answers),
                    List.copyOf(notes.tools),
                    world.effects(),
                    notes.approvals.size(),
                    notes.used,
                    notes.took);
            return new Outcome(scenario, observed, Score.of(expected, observed));
        } finally {
            infraai.forget();
        }
    }

    /** With the names that the scenario's pods have; they may be gone when it is over. */
    private Scenario.Expected named(Scenario.Expected expected) {
        return new Scenario.Expected(
                expected.facts().stream().map(world::named).toList(),
                expected.notFacts().stream().map(world::named).toList(),
                expected.tools(),
                expected.wanted().stream().map(world::named).toList(),
                expected.unwanted().stream().map(world::named).toList(),
                expected.approve());
    }

    private void talk(String session, String message, boolean approve, Notes notes) {
        var start = System.nanoTime();
        var turn = infraai.ask(session, message).body();
        var path = turn.path("turn_url").asText("");
        var until = System.nanoTime() + FOR_A_TURN.toNanos();
        while (!path.isEmpty() && goesOn(turn) && System.nanoTime() < until) {
            for (var approval : turn.path("approvals")) {
                var id = approval.path("id").asLong();
                if (notes.approvals.add(id)) {
                    infraai.decide(id, approve);
                }
            }
            pause(BETWEEN_LOOKS);
            turn = infraai.get(path).body();
        }
        notes.took = notes.took.plusNanos(System.nanoTime() - start);
        notes.ended(turn);
    }

    private static boolean goesOn(JsonNode turn) {
        return Set.of("queued", "running", "waiting")
                .contains(turn.path("state").asText());
    }

    private static void until(Duration most, BooleanSupplier holds) {
        for (long until = System.nanoTime() + most.toNanos(); System.nanoTime() < until && !holds.getAsBoolean(); ) {
            pause(BETWEEN_LOOKS);
        }
    }

    private static void pause(Duration time) {
        for (long until = System.nanoTime() + time.toNanos(), left = time.toNanos(); left > 0; ) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }
}
