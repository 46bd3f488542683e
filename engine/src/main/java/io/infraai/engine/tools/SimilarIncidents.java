package io.infraai.engine.tools;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.intake.EpisodeQueries.Filter;

@ApplicationScoped
class SimilarIncidents implements Tool.Reading<SimilarIncidents.Parameters> {

    record Parameters(
            @Parameter(
                    value = "The episode to compare with; else say its labels",
                    pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                    optional = true)
            @Nullable
            String episode,

            @Parameter(value = "The alert's name", optional = true) @Nullable
            String alertname,

            @Parameter(
                    value = "More of the alert's labels, e.g. namespace=shop, severity=critical",
                    maxLength = 2000,
                    optional = true)
            @Nullable
            String labels) {}

    /**
     * @param likeness 0 to 1
     */
    private record Match(EpisodeView episode, double likeness) {}

    private static final String ALERTNAME = "alertname";

    private static final int COMPARED = 500;
    private static final int SHOWN = 10;

    /** The name says most of what an alert is about; its other labels say where. */
    private static final double WEIGHT_OF_NAME = 0.6;

    /** Less than the same name, or than half of the labels, is chance. */
    private static final double ALIKE = 0.2;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "similar_incidents",
            "Finds past alerts like this one, by name and labels, with what was done about them and how it ended",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final EpisodeQueries episodes;

    SimilarIncidents(EpisodeQueries episodes) {
        this.episodes = episodes;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        if (parameters.episode() != null) {
            var id = UUID.fromString(parameters.episode());
            return episodes.byId(context.tenant(), id)
                    .chain(found -> found.map(episode -> like(context, episode.labels(), id))
                            .orElseGet(() -> failed(FailureReason.TARGET_NOT_FOUND, "There is no episode " + id)));
        }
        var labels = new HashMap<String, String>();
        if (parameters.labels() != null) {
            var read = LabelList.parse(parameters.labels());
            if (read.isEmpty()) {
                return failed(FailureReason.INVALID_PARAMETERS, LabelList.SYNTAX);
            }
            labels.putAll(read.get());
        }
        if (parameters.alertname() != null) {
            labels.put(ALERTNAME, parameters.alertname());
        }
        return labels.isEmpty()
                ? failed(FailureReason.INVALID_PARAMETERS, "Name an episode, an alert or some labels")
                : like(context, labels, null);
    }

    private Uni<ToolResult> like(ToolContext context, Map<String, String> labels, @Nullable UUID itself) {
        var name = labels.get(ALERTNAME);
        var filter = new Filter(null, name == null ? Map.of() : Map.of(ALERTNAME, name), null, COMPARED);
        return episodes.find(context.tenant(), filter)
                .map(found -> told(found.stream()
                        .filter(episode -> !episode.id().equals(itself))
                        .map(episode -> new Match(episode, likeness(labels, episode.labels())))
                        .filter(match -> match.likeness() >= ALIKE)
                        .sorted(Comparator.comparingDouble(Match::likeness)
                                .thenComparing(match -> match.episode().openedAt())
                                .reversed())
                        .toList()));
    }

    /** Of the labels beside the name, the share that both have with one value. */
    private static double likeness(Map<String, String> one, Map<String, String> other) {
        var name = one.get(ALERTNAME);
        var named = name != null && name.equals(other.get(ALERTNAME));
        var all = new HashSet<>(one.entrySet());
        all.addAll(other.entrySet());
        var both = new HashSet<>(one.entrySet());
        both.retainAll(other.entrySet());
        all.removeIf(label -> label.getKey().equals(ALERTNAME));
        both.removeIf(label -> label.getKey().equals(ALERTNAME));
        var places = all.isEmpty() ? 0.0 : (double) both.size() / all.size();
        return name == null ? places : (named ? WEIGHT_OF_NAME : 0) + (1 - WEIGHT_OF_NAME) * places;
    }

    private static ToolResult told(List<Match> matches) {
        var detail = JsonNodeFactory.instance.objectNode().put("truncated", matches.size() > SHOWN);
        var incidents = detail.putArray("incidents");
        for (var match : matches.subList(0, Math.min(SHOWN, matches.size()))) {
            incidents.add(ShownEpisode.of(match.episode()).put("likeness_percent", Math.round(100 * match.likeness())));
        }
        var acted = matches.stream()
                .filter(match -> !match.episode().tasks().isEmpty())
                .count();
        return new Done(
                matches.isEmpty()
                        ? "Nothing alike is known"
                        : matches.size() + " similar incidents, " + acted + " of them with an action",
                detail);
    }

    private static Uni<ToolResult> failed(FailureReason reason, String message) {
        return Uni.createFrom().item(new Failed(reason, message));
    }
}
