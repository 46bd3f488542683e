package io.infraai.adapters.grafana;

import java.util.List;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Uni;

import io.infraai.adapters.tool.http.Answer;
import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.adapters.tool.http.Request;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

/** Finds a dashboard by what people call it. */
@ApplicationScoped
class Dashboards {

    /** A uid or a title, and nothing that leads elsewhere in a path. */
    static final String ID = "^(\\.?[^/?#%\\\\.\\x00-\\x1f\\x7f])+\\.?$";

    private static final Pattern UID = Pattern.compile("[a-zA-Z0-9_-]{1,40}");
    private static final Pattern ALLOWED = Pattern.compile(ID);

    private final Grafana grafana;

    Dashboards(Grafana grafana) {
        this.grafana = grafana;
    }

    /** Its own answer, {@code dashboard} and {@code meta}: of the uid, or else of the only one with that title. */
    Uni<Answer> find(String id) {
        if (!ALLOWED.matcher(id).matches()) {
            return missing(FailureReason.INVALID_PARAMETERS, "A dashboard's id has no /, .., ?, #, % or \\ in it");
        }
        if (!UID.matcher(id).matches()) {
            return byTitle(id);
        }
        return byUid(id).chain(answer -> switch (answer) {
            case Missing(var failure, var _) when failure.reason() == FailureReason.TARGET_NOT_FOUND -> byTitle(id);
            case Missing _, Given _ -> Uni.createFrom().item(answer);
        });
    }

    private Uni<Answer> byUid(String uid) {
        return grafana.ask(Request.get("/api/dashboards/uid/" + Request.segment(uid)));
    }

    private Uni<Answer> byTitle(String title) {
        return grafana.ask(Request.get("/api/search")
                        .with("type", "dash-db")
                        .with("query", title)
                        .with("limit", "100"))
                .chain(answer -> switch (answer) {
                    case Given(var found) -> theOnly(uids(found, title), title);
                    case Missing _ -> Uni.createFrom().item(answer);
                });
    }

    private Uni<Answer> theOnly(List<String> uids, String title) {
        return switch (uids.size()) {
            case 0 -> missing(FailureReason.TARGET_NOT_FOUND, "There is no dashboard " + title);
            case 1 -> byUid(uids.getFirst());
            default ->
                missing(
                        FailureReason.INVALID_PARAMETERS,
                        "Several dashboards are called " + title + ", say which uid: " + String.join(", ", uids));
        };
    }

    private static List<String> uids(JsonNode found, String title) {
        return found.valueStream()
                .filter(hit -> hit.path("title").asText().equalsIgnoreCase(title))
                .map(hit -> hit.path("uid").asText())
                .toList();
    }

    private static Uni<Answer> missing(FailureReason reason, String message) {
        return Uni.createFrom().item(new Missing(new Failed(reason, message), MissingNode.getInstance()));
    }
}
