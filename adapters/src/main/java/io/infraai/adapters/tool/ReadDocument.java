package io.infraai.adapters.tool;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.Documents;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ReadDocument implements Tool.Reading<ReadDocument.Parameters> {

    static final String NAME = "read_document";

    /** Written as JSON again, with each quote escaped, it is still below what may be handed on. */
    static final int PAGE = 15 * 1024;

    record Parameters(
            @Parameter(value = "The document's id, from the answer that was too long", maxLength = 36)
            String document,

            @Parameter(
                    value = "The character to begin with",
                    optional = true,
                    defaultValue = "0",
                    min = 0,
                    max = Integer.MAX_VALUE)
            int offset) {}

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            NAME,
            "Reads on in an answer that was too long to be shown whole, 15,360 characters at a time",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final Documents documents;

    ReadDocument(Documents documents) {
        this.documents = documents;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return documents
                .page(context.tenant(), parameters.document(), parameters.offset(), PAGE)
                .map(found -> found.map(ReadDocument::shown)
                        .orElseGet(() -> new Failed(
                                FailureReason.TARGET_NOT_FOUND,
                                "There is no document " + parameters.document() + "; they are kept for a week")));
    }

    private static ToolResult shown(Documents.Page page) {
        var end = page.offset() + page.text().length();
        var detail =
                JsonNodeFactory.instance.objectNode().put("text", page.text()).put("total", page.total());
        if (end < page.total()) {
            detail.put("next_offset", end);
        }
        return new Done("Characters " + page.offset() + " to " + end + " of " + page.total(), detail);
    }
}
