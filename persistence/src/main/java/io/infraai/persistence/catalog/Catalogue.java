package io.infraai.persistence.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.infraai.contracts.tool.ToolDescription;

/** The tools that could be asked for at one moment. */
public final class Catalogue {

    public static final Catalogue EMPTY = new Catalogue(List.of());

    private final List<ToolDescription> all;
    private final Map<String, ToolDescription> byName;

    public Catalogue(List<ToolDescription> all) {
        this.all = List.copyOf(all);
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(ToolDescription::name, Function.identity()));
    }

    public List<ToolDescription> all() {
        return all;
    }

    public Map<String, ToolDescription> byName() {
        return byName;
    }

    public Optional<ToolDescription> find(String tool) {
        return Optional.ofNullable(byName.get(tool));
    }
}
