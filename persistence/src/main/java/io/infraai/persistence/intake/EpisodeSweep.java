package io.infraai.persistence.intake;

import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.stream.EpisodesOpened;

/** Finds episodes whose bell was lost; crosses tenants. For healing. */
public interface EpisodeSweep {

    /** Open episodes without a decision pass that are older than {@code age}, grouped by tenant, each at most once per {@code age}. */
    Uni<List<EpisodesOpened>> undecided(Duration age, int limit);

    /** Closes episodes that nobody repeated for {@code silence}. */
    Uni<Integer> closeSilent(Duration silence, int limit);
}
