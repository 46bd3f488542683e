package io.infraai.contracts.remediation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static io.infraai.contracts.remediation.TaskState.AWAITING_APPROVAL;
import static io.infraai.contracts.remediation.TaskState.CANCELLED;
import static io.infraai.contracts.remediation.TaskState.DEAD;
import static io.infraai.contracts.remediation.TaskState.DONE;
import static io.infraai.contracts.remediation.TaskState.EXPIRED;
import static io.infraai.contracts.remediation.TaskState.FAILED;
import static io.infraai.contracts.remediation.TaskState.HELD;
import static io.infraai.contracts.remediation.TaskState.IN_DOUBT;
import static io.infraai.contracts.remediation.TaskState.QUEUED;
import static io.infraai.contracts.remediation.TaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TaskStateTest {

    @Test
    void theLegalMovesAreThese() {
        var moves = new EnumMap<TaskState, Set<TaskState>>(Map.of(
                AWAITING_APPROVAL, EnumSet.of(QUEUED, EXPIRED, CANCELLED, FAILED),
                HELD, EnumSet.of(QUEUED, EXPIRED, CANCELLED, FAILED),
                QUEUED, EnumSet.of(RUNNING, HELD, EXPIRED, CANCELLED),
                RUNNING, EnumSet.of(QUEUED, AWAITING_APPROVAL, DONE, FAILED, IN_DOUBT, DEAD, EXPIRED, CANCELLED),
                DONE, EnumSet.noneOf(TaskState.class),
                FAILED, EnumSet.of(QUEUED),
                IN_DOUBT, EnumSet.of(QUEUED),
                DEAD, EnumSet.of(QUEUED),
                EXPIRED, EnumSet.of(QUEUED),
                CANCELLED, EnumSet.noneOf(TaskState.class)));

        assertThat(TaskState.values())
                .allSatisfy(state -> assertThat(state.successors()).isEqualTo(moves.get(state)));
    }

    @Test
    void onlyAQueuedTaskIsStarted() {
        assertThat(TaskState.values())
                .filteredOn(state -> state.successors().contains(RUNNING))
                .containsExactly(QUEUED);
    }

    @Test
    void whatHasEndedIsAtMostQueuedAgain() {
        assertThat(TaskState.values())
                .filteredOn(TaskState::ended)
                .allSatisfy(state -> assertThat(state.successors()).isSubsetOf(QUEUED));
    }

    @Test
    void whatHasNotEndedCanEnd() {
        assertThat(TaskState.values())
                .filteredOn(state -> !state.ended())
                .allSatisfy(state -> assertThat(state.successors()).anyMatch(TaskState::ended));
    }

    @Test
    void aTaskWasDoneOnlyIfItRan() {
        assertThat(Arrays.stream(TaskState.values())
                        .filter(state -> state.successors().contains(DONE)))
                .containsExactly(RUNNING);
    }

    @Test
    void noStateFollowsItself() {
        assertThat(TaskState.values())
                .allSatisfy(state -> assertThat(state.successors()).doesNotContain(state));
    }

    @Test
    void everyStateIsReadBackFromItsName() {
        for (var state : TaskState.values()) {
            assertThat(TaskState.of(state.wire())).isEqualTo(state);
        }
        assertThat(AWAITING_APPROVAL.wire()).isEqualTo("awaiting_approval");
    }

    @Test
    void anUnknownStateIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TaskState.of("lost"));
    }
}
