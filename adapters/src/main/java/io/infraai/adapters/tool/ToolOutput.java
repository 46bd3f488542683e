package io.infraai.adapters.tool;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Documents;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.logs.Redaction;

/** What every door hands on of a tool's answer: without secrets, and bounded. What is longer lies in a document, whole. */
@ApplicationScoped
public class ToolOutput {

    /** Of a detail as JSON text. */
    static final int MOST_CHARACTERS = 32 * 1024;

    static final int PREVIEW_CHARACTERS = 4 * 1024;

    /** A summary is a sentence. */
    static final int MOST_SUMMARY = 2_000;

    private static final Logger LOG = Logger.getLogger(ToolOutput.class);

    private final Documents documents;

    public ToolOutput(Documents documents) {
        this.documents = documents;
    }

    /**
     * Fails never: where no document can be kept, the preview must do.
     *
     * @param tool its name
     */
    public Uni<ToolResult> of(TenantId tenant, String tool, ToolResult result) {
        return switch (result) {
            case Failed(var reason, var message) -> Uni.createFrom().item(new Failed(reason, sentence(message)));
            case Done(var summary, var detail) -> bounded(tenant, tool, sentence(summary), Redaction.tree(detail));
        };
    }

    /** A sentence without secrets. */
    public String sentence(String text) {
        var redacted = Redaction.text(text);
        return redacted.length() <= MOST_SUMMARY ? redacted : redacted.substring(0, MOST_SUMMARY) + " …[cut]";
    }

    private Uni<ToolResult> bounded(TenantId tenant, String tool, String summary, JsonNode detail) {
        var text = detail.toString();
        if (text.length() <= MOST_CHARACTERS) {
            return Uni.createFrom().item(new Done(summary, detail));
        }
        var preview = JsonNodeFactory.instance
                .objectNode()
                .put("characters", text.length())
                .put("preview", text.substring(0, PREVIEW_CHARACTERS));
        return documents
                .keep(tenant, tool, text)
                .<ToolResult>map(id -> new Done(
                        summary + " (too long to be shown whole: document " + id + ")",
                        preview.put("document", id).put("read_with", ReadDocument.NAME)))
                .onFailure()
                .invoke(e -> LOG.warnf("An answer of %s isn't kept: %s", tool, e.getMessage()))
                .onFailure()
                .recoverWithItem(
                        () -> new Done(summary + " (too long to be shown whole, and it couldn't be kept)", preview));
    }
}
