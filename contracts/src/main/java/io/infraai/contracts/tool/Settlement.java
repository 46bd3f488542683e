package io.infraai.contracts.tool;

/** What became of a request that was sent once and whose answer was lost. */
public sealed interface Settlement {

    record Happened(String evidence) implements Settlement {}

    record NeverHappened(String evidence) implements Settlement {}

    record StillUnknown(String why) implements Settlement {}
}
