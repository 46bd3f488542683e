package io.infraai.healing.evaluation;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.policies.ToolLookup;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

/** The tools that workers advertise, kept in memory since every match looks one up. */
@ApplicationScoped
class AdvertisedTools implements ToolLookup {

    private final ToolDirectory directory;
    private volatile Map<String, ToolDescription> byName = Map.of();

    AdvertisedTools(ToolDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<ToolDescription> find(String tool) {
        return Optional.ofNullable(byName.get(tool));
    }

    Uni<Void> refresh() {
        return directory
                .all()
                .invoke(tools -> byName = tools.stream().collect(toUnmodifiableMap(ToolDescription::name, identity())))
                .replaceWithVoid();
    }
}
