package io.infraai.adapters.tool;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final List<ToolSource> sources;

    public ToolCatalog(@All List<Tool<?>> tools, @All List<ToolSource> sources) {
        this.byName =
                tools.stream().collect(toUnmodifiableMap(tool -> tool.spec().name(), identity()));
        this.sources = List.copyOf(sources);
    }

    /** Our own tools come first: none that comes in later can take the place of one. */
    public Optional<Tool<?>> find(String name) {
        var own = byName.get(name);
        return own != null
                ? Optional.of(own)
                : sources.stream().flatMap(source -> source.find(name).stream()).findFirst();
    }

    /** What to advertise, in order of name. */
    public List<ToolDescription> descriptions() {
        var later = sources.stream()
                .flatMap(source -> source.tools().stream())
                .filter(tool -> !byName.containsKey(tool.spec().name()));
        return Stream.<Tool<?>>concat(byName.values().stream(), later)
                .map(ToolDescription::of)
                .sorted(Comparator.comparing(ToolDescription::name))
                .toList();
    }
}
