package io.infraai.adapters.tool;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolDescription;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

/** All tools of this process, by name. */
@ApplicationScoped
public class ToolCatalog {

    private final Map<String, Tool<?>> byName;

    public ToolCatalog(@All List<Tool<?>> tools) {
        this.byName =
                tools.stream().collect(toUnmodifiableMap(tool -> tool.spec().name(), identity()));
    }

    public Optional<Tool<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What to advertise, in order of name. */
    public List<ToolDescription> descriptions() {
        return byName.values().stream()
                .map(ToolDescription::of)
                .sorted(Comparator.comparing(ToolDescription::name))
                .toList();
    }
}
