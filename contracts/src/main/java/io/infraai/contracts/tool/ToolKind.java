package io.infraai.contracts.tool;

/** How a tool behaves when it is called a second time; see {@link Tool}. */
public enum ToolKind {
    READING,
    /** The target refuses a request meant for an earlier self of it: safe to repeat. */
    GUARDED,
    /** The target takes every request: sent at most once. */
    ONE_SHOT
}
