package io.infraai.testkit.tool;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes a tool {@link Tool.OneShot}: firing sends one request whatever becomes of it, and after that the platform is only
 * asked what became of it; what can't be found out is said to be unknown.
 */
public interface OneShotToolContract<P extends Record, T extends Record> {

    Tool.OneShot<P, T> tool();

    /** Of something that the tool may do. */
    P parameters();

    /** How many requests for a change have reached the platform since the test began, in vain or not. */
    int requests();

    /** How many changes the platform has made for the tool since the test began. */
    int changes();

    /** The next change is made and its answer lost. */
    void loseTheNextAnswer();

    /** The next request for a change is lost before anything is done, and so is the connection. */
    void loseTheNextRequest();

    /** Nobody answers any more. */
    void stopThePlatform();

    @Test
    default void firingChangesTheTargetOnce() {
        assertThat(fired(identified())).isInstanceOf(Done.class);
        assertThat(changes()).isEqualTo(1);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    default void lookingAndDescribingChangeNothing() {
        var sentence = tool().describe(parameters(), identified());

        assertThat(sentence).isNotBlank();
        assertThat(requests()).isZero();
    }

    @Test
    default void afterALostAnswerSettlingFindsThatItHappened() {
        var target = identified();
        loseTheNextAnswer();
        var lost = fired(target);

        var settled = settled(target);

        assertThat(reason(lost).mayHaveHappened()).isTrue();
        assertThat(settled).isInstanceOf(Settlement.Happened.class);
        assertThat(requests()).isEqualTo(1);
        assertThat(changes()).isEqualTo(1);
    }

    @Test
    default void settlingNeverFires() {
        var target = identified();
        loseTheNextRequest();
        fired(target);

        for (int i = 0; i < 3; i++) {
            settled(target);
        }

        assertThat(requests()).isEqualTo(1);
        assertThat(changes()).isZero();
    }

    @Test
    default void aLostRequestIsNotSaidToHaveHappened() {
        var target = identified();
        loseTheNextRequest();
        var lost = fired(target);

        var settled = settled(target);

        assertThat(reason(lost).mayHaveHappened()).isTrue();
        assertThat(settled).isNotInstanceOf(Settlement.Happened.class);
    }

    @Test
    default void whatThePlatformCannotBeAskedStaysUnknown() {
        var target = identified();
        loseTheNextAnswer();
        fired(target);
        stopThePlatform();

        assertThat(settled(target)).isInstanceOf(Settlement.StillUnknown.class);
    }

    @Test
    default void whatWasDoneIsSettledAsDone() {
        var target = identified();
        fired(target);

        assertThat(settled(target)).isInstanceOf(Settlement.Happened.class);
        assertThat(requests()).isEqualTo(1);
    }

    private T identified() {
        return tool().identify(parameters(), context())
                .await()
                .atMost(Duration.ofSeconds(10))
                .found()
                .orElseThrow();
    }

    private ToolResult fired(T target) {
        return tool().fire(parameters(), target, context()).await().atMost(Duration.ofSeconds(20));
    }

    private Settlement settled(T target) {
        return tool().settle(parameters(), target, context()).await().atMost(Duration.ofSeconds(20));
    }

    private static FailureReason reason(ToolResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return ((Failed) result).reason();
    }

    private static ToolContext context() {
        return new ToolContext(
                TenantId.DEFAULT,
                "test",
                "11111111-2222-3333-4444-555555555555",
                Instant.now().plusSeconds(30));
    }
}
