package io.infraai.healing.guard;

import io.infraai.contracts.policy.Limits;
import io.infraai.persistence.task.TaskCreation.TargetHistory;

/** Judges an automatic action that its policy wants; found by the container. Pure: all it may know it is given. */
public interface Guard {

    Verdict judge(Limits limits, TargetHistory history);
}
