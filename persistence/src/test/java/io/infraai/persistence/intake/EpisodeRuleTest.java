package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.AlertStatus;
import io.infraai.persistence.intake.EpisodeRule.Effect;
import io.infraai.persistence.intake.EpisodeRule.Message;
import io.infraai.persistence.intake.EpisodeRule.Step;

import static org.assertj.core.api.Assertions.assertThat;

class EpisodeRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant START = NOW.minusSeconds(60);

    @Test
    void aFirstFiringOpensAnEpisode() {
        var step = EpisodeRule.apply(null, firing(START), NOW);

        assertThat(step.effect()).isEqualTo(Effect.OPENED);
        assertThat(step.next().seq()).isEqualTo(1);
        assertThat(step.next().open()).isTrue();
    }

    @Test
    void aTwinWithinFiveMinutesRepeatsTheEpisode() {
        var open = EpisodeRule.apply(null, firing(START), NOW).next();

        assertThat(EpisodeRule.apply(open, firing(START.plusSeconds(30)), NOW).effect())
                .isEqualTo(Effect.REPEATED);
        assertThat(EpisodeRule.apply(open, firing(NOW.plus(Duration.ofMinutes(5))), NOW)
                        .effect())
                .isEqualTo(Effect.REPEATED);
    }

    @Test
    void aStartFarAfterTheLastSightShowsThatTheResolutionWasMissed() {
        var open = EpisodeRule.apply(null, firing(START), NOW).next();

        var step = EpisodeRule.apply(open, firing(NOW.plus(Duration.ofMinutes(6))), NOW.plus(Duration.ofMinutes(7)));

        assertThat(step.effect()).isEqualTo(Effect.SUPERSEDED);
        assertThat(step.next().seq()).isEqualTo(2);
        assertThat(step.next().flaps()).isEqualTo(1);
    }

    @Test
    void aSenderWhoseClockIsAnHourAheadOpensOneEpisodeForOneFiring() {
        var ahead = START.plus(Duration.ofHours(1));
        var state = EpisodeRule.apply(null, firing(ahead), NOW).next();
        for (var i = 1; i < 20; i++) {
            var step = EpisodeRule.apply(state, firing(ahead), NOW.plusSeconds(60L * i));
            assertThat(step.effect()).isEqualTo(Effect.REPEATED);
            state = step.next();
        }
    }

    @Test
    void aResolutionThatArrivesBeforeItsFiringKeepsItFromOpening() {
        var over = EpisodeRule.apply(null, resolved(START, START.plusSeconds(10)), NOW);
        assertThat(over.effect()).isEqualTo(Effect.RECORDED);

        var late = EpisodeRule.apply(over.next(), firing(START), NOW.plusSeconds(1));

        assertThat(late.effect()).isEqualTo(Effect.STALE);
    }

    @Test
    void aResolutionOfAnEarlierFiringLeavesTheOpenOneAlone() {
        var open = EpisodeRule.apply(null, firing(START), NOW).next();

        var step = EpisodeRule.apply(open, resolved(START.minusSeconds(100), START.minusSeconds(50)), NOW);

        assertThat(step.effect()).isEqualTo(Effect.RECORDED);
        assertThat(step.next().open()).isTrue();
    }

    @Test
    void aFiringRepeatedTenMinutesAfterItsEndReopensTheSameEpisode() {
        var state = EpisodeRule.apply(null, firing(START), NOW).next();
        state = EpisodeRule.apply(state, resolved(START, START.plusSeconds(5)), NOW)
                .next();

        var early = EpisodeRule.apply(state, firing(START), NOW.plus(Duration.ofMinutes(9)));
        var late = EpisodeRule.apply(state, firing(START), NOW.plus(Duration.ofMinutes(10)));

        assertThat(early.effect()).isEqualTo(Effect.STALE);
        assertThat(late.effect()).isEqualTo(Effect.REOPENED);
        assertThat(late.next().seq()).isEqualTo(1);
    }

    @Test
    void whateverArrivesInWhateverOrderTheInvariantsHold() {
        for (long seed = 1; seed <= 2_000; seed++) {
            var random = new Random(seed);
            AlertState state = null;
            var now = NOW;
            var counted = new HashSet<Instant>();
            for (var i = 0; i < 60; i++) {
                now = now.plusSeconds(random.nextInt(400));
                var message = message(random, now);
                var step = EpisodeRule.apply(state, message, now);
                check("seed " + seed + ", message " + i + ": " + message, state, message, step, counted, now);
                state = step.next();
            }
        }
    }

    private static void check(
            String what, @Nullable AlertState before, Message message, Step step, Set<Instant> counted, Instant now) {
        var after = step.next();
        var opens = step.effect() == Effect.OPENED || step.effect() == Effect.SUPERSEDED;
        var seqBefore = before == null ? 0 : before.seq();
        assertThat(after.seq()).as(what).isEqualTo(opens ? seqBefore + 1 : seqBefore);
        assertThat(after.open()).as(what).isEqualTo(after.closedAt() == null);
        assertThat(after.lastSeen()).as(what).isEqualTo(now);
        if (opens) {
            assertThat(message.status()).as(what).isEqualTo(AlertStatus.FIRING);
            // one start never opens two episodes, so a repeat, a twin or a late copy does nothing twice
            assertThat(counted.add(message.startsAt())).as(what).isTrue();
        }
        if (step.effect() == Effect.REPEATED || step.effect() == Effect.REOPENED) {
            counted.add(message.startsAt());
        }
        var again = EpisodeRule.apply(after, message, now);
        assertThat(again.next().seq()).as(what + " again").isEqualTo(after.seq());
        assertThat(again.next().open()).as(what + " again").isEqualTo(after.open());
    }

    /** Starts and ends on a coarse grid, so that copies, twins, late and early ones are all frequent. */
    private static Message message(Random random, Instant now) {
        var grid = now.minusSeconds(now.getEpochSecond() % 200).minusSeconds(200L * random.nextInt(10));
        return random.nextInt(3) > 0
                ? firing(grid)
                : resolved(grid, random.nextBoolean() ? grid.plusSeconds(100L * random.nextInt(4)) : null);
    }

    private static Message firing(Instant startsAt) {
        return new Message(AlertStatus.FIRING, startsAt, null);
    }

    private static Message resolved(Instant startsAt, @Nullable Instant endsAt) {
        return new Message(AlertStatus.RESOLVED, startsAt, endsAt);
    }
}
