package io.infraai.contracts.tool;

/** How a tool behaves when it is called a second time; see {@link Tool}. */
public enum ToolKind {
    READING,
    /** The target refuses a request meant for an earlier self of it: safe to repeat. */
    GUARDED,
    /** The target takes every request: sent at most once. */
    ONE_SHOT;

    /** How many people must agree where one must be asked: two where no precondition of the target's holds a mistake back. */
    public int approvers() {
        return switch (this) {
            case READING -> 0;
            case GUARDED -> 1;
            case ONE_SHOT -> 2;
        };
    }
}
