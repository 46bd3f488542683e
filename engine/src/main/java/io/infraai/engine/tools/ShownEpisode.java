package io.infraai.engine.tools;

import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.remediation.Task;
import io.infraai.persistence.intake.EpisodeQueries.DecisionView;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;

/** What is told of an episode: which alert, how long, what was decided about it and what came of that. */
final class ShownEpisode {

    private ShownEpisode() {}

    static ObjectNode of(EpisodeView episode) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("id", episode.id().toString())
                .put("alertname", episode.labels().getOrDefault("alertname", ""))
                .put("state", episode.state())
                .put("opened_at", episode.openedAt().toString());
        var closed = episode.closedAt();
        if (closed != null) {
            shown.put("closed_at", closed.toString());
            shown.put("seconds", Duration.between(episode.openedAt(), closed).toSeconds());
        }
        shown.put("repeats", episode.repeats());
        var labels = shown.putObject("labels");
        episode.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("alertname"))
                .forEach(label -> labels.put(label.getKey(), label.getValue()));
        var decisions = shown.putArray("decisions");
        episode.decisions().forEach(decision -> decisions.add(decision(decision)));
        var tasks = shown.putArray("tasks");
        episode.tasks().forEach(task -> tasks.add(task(task)));
        return shown;
    }

    /** The alert as policies saw it when the episode opened. */
    static Alert alert(EpisodeView episode) {
        return new Alert(
                AlertStatus.FIRING,
                episode.labels(),
                episode.annotations(),
                episode.startsAt(),
                null,
                null,
                episode.alertKey());
    }

    private static ObjectNode decision(DecisionView decision) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("policy_id", decision.policyId())
                .put("policy", Objects.requireNonNullElse(decision.policyName(), "(deleted)"))
                .put("outcome", decision.outcome().wire())
                .put("reason", decision.reason())
                .put("decided_at", decision.decidedAt().toString());
        if (decision.taskId() != null) {
            shown.put("task_id", decision.taskId());
        }
        return shown;
    }

    private static ObjectNode task(Task task) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("id", task.id())
                .put("tool", task.tool())
                .put("target", task.target())
                .put("state", task.state().wire());
        if (task.reason() != null) {
            shown.put("reason", task.reason());
        }
        if (task.outcome() != null) {
            shown.set("outcome", task.outcome());
        }
        var verification = task.verification();
        var effect = verification == null ? null : verification.state();
        if (verification != null && effect != null) {
            shown.putObject("verification").put("state", effect.wire()).put("reason", verification.reason());
        }
        return shown;
    }
}
