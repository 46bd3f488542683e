package io.infraai.adapters.tool;

/** The tools of this process are others than before. */
public record ToolsChanged() {}
