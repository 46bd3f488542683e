package io.infraai.adapters.inventory;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetInventory.Filter;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolSpec;

@ApplicationScoped
class ListAssets implements Tool.Reading<ListAssets.Parameters> {

    record Parameters(
            @Parameter(
                    value = "Only assets of this type: host, virtual_machine, hypervisor or kubernetes_node",
                    pattern = "^(host|virtual_machine|hypervisor|kubernetes_node)$",
                    optional = true)
            @Nullable
            String type,

            @Parameter(
                    value = "Only assets whose address, name, services or attributes hold this text, in any case",
                    maxLength = 100,
                    optional = true)
            @Nullable
            String text) {}

    /** More would drown a reader; the answer says that it was cut. */
    private static final int LIMIT = 100;

    private static final ToolSpec<Parameters> SPEC = new ToolSpec<>(
            "list_assets",
            "Lists known hosts, machines and nodes with their addresses, names and services, newest first",
            Parameters.class,
            Risk.READS,
            "",
            Duration.ofSeconds(10));

    private final AssetInventory inventory;
    private final ObjectMapper json;

    ListAssets(AssetInventory inventory, ObjectMapper json) {
        this.inventory = inventory;
        this.json = json;
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return SPEC;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        var type = parameters.type() == null ? null : AssetType.of(parameters.type());
        var filter = new Filter(type, parameters.text(), OptionalLong.empty(), LIMIT + 1);
        return inventory.find(context.tenant(), filter).map(this::told);
    }

    private ToolResult told(List<Asset> found) {
        var shown = found.subList(0, Math.min(found.size(), LIMIT));
        var detail = JsonNodeFactory.instance.objectNode();
        detail.set("assets", json.valueToTree(shown));
        detail.put("truncated", found.size() > LIMIT);
        var count = found.size() > LIMIT ? "More than " + LIMIT : "" + found.size();
        return new Done(count + (found.size() == 1 ? " asset" : " assets"), detail);
    }
}
