package io.infraai.testkit.tool;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes a tool {@link Tool.Guarded}: whatever crashes between its two steps, and however often the second is repeated, the
 * platform changes at most once.
 */
public interface GuardedToolContract<P extends Record, T extends Record> {

    Tool.Guarded<P, T> tool();

    /** Of an object that exists and that the tool may change. */
    P parameters();

    /** Well formed, and of nothing that exists. */
    P parametersOfNothing();

    /** How many changes the platform has made for the tool since the test began. */
    int changes();

    /** Somebody else puts another self in the target's place, or changes it. */
    void someoneElseChangesTheTarget();

    /** The next change is made and its answer lost. */
    void loseTheNextAnswer();

    /** The platform fails the next change before making it. */
    void failTheNextChange();

    @Test
    default void applyingChangesTheTargetOnce() {
        assertThat(applied(identified())).isInstanceOf(Done.class);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    default void lookingAndDescribingChangeNothing() {
        var sentence = tool().describe(parameters(), identified());

        assertThat(sentence).isNotBlank();
        assertThat(changes()).isZero();
    }

    @Test
    default void aRepeatWithTheSameIdentityChangesNothingMore() {
        var target = identified();
        applied(target);

        var repeat = applied(target);

        assertThat(repeat).isInstanceOf(Done.class);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    default void aRepeatAfterALostAnswerChangesNothingMore() {
        var target = identified();
        loseTheNextAnswer();
        var lost = applied(target);

        var repeat = applied(target);

        assertThat(lost)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(FailureReason.TIMED_OUT));
        assertThat(repeat).isInstanceOf(Done.class);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    default void aRepeatAfterAPlatformFailureMakesTheChange() {
        var target = identified();
        failTheNextChange();
        var failed = applied(target);

        var repeat = applied(target);

        assertThat(failed)
                .isInstanceOfSatisfying(
                        Failed.class, it -> assertThat(it.reason().retryable()).isTrue());
        assertThat(repeat).isInstanceOf(Done.class);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    default void aTargetThatSomeoneElseChangedIsLeftAlone() {
        var target = identified();
        someoneElseChangesTheTarget();
        var before = changes();

        applied(target);

        assertThat(changes()).isEqualTo(before);
    }

    @Test
    default void whatDoesNotExistIsNotFound() {
        var looked = tool().identify(parametersOfNothing(), context()).await().atMost(Duration.ofSeconds(10));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Identified.NotFound.class,
                        missing -> assertThat(missing.failure().reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND));
    }

    @Test
    default void settlingTellsWhetherItHappened() {
        var target = identified();
        var before = settled(target);
        applied(target);

        var after = settled(target);

        assertThat(before).isInstanceOf(Settlement.NeverHappened.class);
        assertThat(after).isInstanceOf(Settlement.Happened.class);
        assertThat(changes()).isEqualTo(1);
    }

    private T identified() {
        return tool().identify(parameters(), context())
                .await()
                .atMost(Duration.ofSeconds(10))
                .found()
                .orElseThrow();
    }

    private ToolResult applied(T target) {
        return tool().apply(parameters(), target, context()).await().atMost(Duration.ofSeconds(20));
    }

    private Settlement settled(T target) {
        return tool().settle(parameters(), target, context()).await().atMost(Duration.ofSeconds(20));
    }

    private static ToolContext context() {
        return new ToolContext(
                TenantId.DEFAULT,
                "test",
                "11111111-2222-3333-4444-555555555555",
                Instant.now().plusSeconds(30));
    }
}
