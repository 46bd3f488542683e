package io.infraai.healing.evaluation;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.policies.ToolLookup;

/** The tools that workers advertise, kept in memory since every match looks one up. */
@ApplicationScoped
class AdvertisedTools implements ToolLookup {

    private final ToolDirectory directory;
    private volatile Catalogue latest = Catalogue.EMPTY;

    AdvertisedTools(ToolDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<ToolDescription> find(String tool) {
        return latest.find(tool);
    }

    Uni<Void> refresh() {
        return directory.all().invoke(tools -> latest = tools).replaceWithVoid();
    }
}
