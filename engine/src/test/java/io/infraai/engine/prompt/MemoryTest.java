package io.infraai.engine.prompt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryTest {

    @Test
    void aShortSessionIsShownWhole() {
        var memory = Memory.of("", turns(1, 3), 1_000);

        assertThat(memory.turns()).hasSize(3);
        assertThat(memory.grew()).isFalse();
    }

    @Test
    void theOldestTurnsBecomeALineEachOnceTheBudgetIsUsedUp() {
        var memory = Memory.of("", turns(1, 10), 100);

        assertThat(memory.turns())
                .isNotEmpty()
                .hasSizeLessThan(10)
                .last()
                .satisfies(turn -> assertThat(turn.number()).isEqualTo(10));
        assertThat(memory.upTo()).isEqualTo(10 - memory.turns().size());
        assertThat(memory.summary().lines()).hasSize(memory.upTo());
        assertThat(memory.summary()).startsWith("Asked: question 1 | answered: answer 1");
    }

    @Test
    void theLatestTurnIsShownHoweverLongItIs() {
        assertThat(Memory.of("", turns(1, 2), 1).turns()).hasSize(1);
    }

    @Test
    void aSummaryNeverGrowsPastItsBound() {
        var summary = "";
        for (var i = 0; i < 50; i++) {
            summary = Memory.of(summary, turns(i * 10 + 1, i * 10 + 10), 1).summary();
        }

        assertThat(summary)
                .hasSizeLessThanOrEqualTo(8_000)
                .contains("question 499")
                .doesNotContain("question 1 ");
    }

    private static List<ChatTurn> turns(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(MemoryTest::turn).toList();
    }

    private static ChatTurn turn(int number) {
        var answer = new NumberedReply(number, new Completed("answer " + number, "m", Usage.NONE));
        return new ChatTurn(
                new UUID(0, number),
                "s",
                number,
                "question " + number,
                TurnState.DONE,
                List.of(answer),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
