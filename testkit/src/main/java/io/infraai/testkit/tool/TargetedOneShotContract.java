package io.infraai.testkit.tool;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

/** A {@link OneShotToolContract} of a tool that acts on something that is there already. */
public interface TargetedOneShotContract<P extends Record, T extends Record> extends OneShotToolContract<P, T> {

    /** Well formed, and of nothing that exists. */
    P parametersOfNothing();

    /** Somebody else puts another self in the target's place, or changes it. */
    void someoneElseChangesTheTarget();

    @Test
    default void aTargetThatSomeoneElseChangedIsLeftAlone() {
        var target = tool().identify(parameters(), context())
                .await()
                .atMost(Duration.ofSeconds(10))
                .found()
                .orElseThrow();
        someoneElseChangesTheTarget();

        var result = tool().fire(parameters(), target, context()).await().atMost(Duration.ofSeconds(20));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(FailureReason.TARGET_CHANGED));
        assertThat(requests()).isZero();
    }

    @Test
    default void whatDoesNotExistIsNotFound() {
        var looked = tool().identify(parametersOfNothing(), context()).await().atMost(Duration.ofSeconds(10));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Identified.NotFound.class,
                        missing -> assertThat(missing.failure().reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND));
    }

    private static ToolContext context() {
        return new ToolContext(
                TenantId.DEFAULT,
                "test",
                "11111111-2222-3333-4444-555555555555",
                Instant.now().plusSeconds(30));
    }
}
