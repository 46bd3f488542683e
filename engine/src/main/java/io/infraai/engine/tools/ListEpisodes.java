package io.infraai.engine.tools;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.intake.EpisodeQueries.Filter;

@ApplicationScoped
class ListEpisodes implements Tool.Reading<ListEpisodes.Parameters> {

    record Parameters(
            @Parameter(
                    value = "How many hours back; 24 when left out",
                    min = 1,
                    max = 720,
                    optional = true,
                    defaultValue = "24")
            @Nullable
            Integer hours,

            @Parameter(value = "Only episodes of this alert", optional = true) @Nullable
            String alertname,

            @Parameter(value = "Only alerts with this namespace label", optional = true) @Nullable
            String namespace,

            @Parameter(
                    value = "Only those that still fire, or only those that ended",
                    pattern = "^(firing|resolved)$",
                    optional = true)
            @Nullable
            String state) {

        Map<String, String> labels() {
            var labels = new HashMap<String, String>();
            if (alertname != null) {
                labels.put("alertname", alertname);
            }
            if (namespace != null) {
                labels.put("namespace", namespace);
            }
            return labels;
        }
    }

    private static final int DEFAULT_HOURS = 24;

    /** Read from the store, to be counted. */
    private static final int MOST = 500;

    /** More would drown a reader; the counts tell of the rest. */
    private static final int SHOWN = 50;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_episodes",
            "Lists the alerts that fired lately as InfraAI got them, with what policies decided about each and what became of it",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final EpisodeQueries episodes;
    private final Clock clock;

    ListEpisodes(EpisodeQueries episodes, Clock clock) {
        this.episodes = episodes;
        this.clock = clock;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var hours = parameters.hours() == null ? DEFAULT_HOURS : parameters.hours();
        var since = clock.instant().minus(Duration.ofHours(hours));
        return episodes.find(context.tenant(), new Filter(parameters.state(), parameters.labels(), null, MOST))
                .map(found -> told(
                        found.stream()
                                .filter(episode -> !episode.openedAt().isBefore(since))
                                .toList(),
                        hours));
    }

    private static ToolResult told(List<EpisodeView> found, int hours) {
        var counts = new TreeMap<String, Integer>();
        found.forEach(episode -> counts.merge(episode.labels().getOrDefault("alertname", ""), 1, Integer::sum));
        var firing =
                found.stream().filter(episode -> episode.closedAt() == null).count();
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("hours", hours)
                .put("total", found.size())
                .put("at_least", found.size() == MOST)
                .put("truncated", found.size() > SHOWN);
        var byAlert = detail.putObject("by_alertname");
        counts.forEach(byAlert::put);
        var shown = detail.putArray("episodes");
        found.stream().limit(SHOWN).map(ShownEpisode::of).forEach(shown::add);
        return new Done(
                found.size() + (found.size() == 1 ? " alert" : " alerts") + " fired within " + hours + " h, " + firing
                        + " of them still fire",
                detail);
    }
}
