package io.infraai.adapters.tool;

import java.util.List;
import java.util.Optional;

import io.infraai.contracts.tool.Tool;

/** Tools that are known only while InfraAI runs, and may come and go. Fires {@link ToolsChanged} when they do. */
public interface ToolSource {

    /** What can be called now. */
    List<Tool<?>> tools();

    /** Also what can't be called now: an earlier call may have to be settled. */
    Optional<Tool<?>> find(String name);
}
