package io.infraai.engine.untrusted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.engine.turn.Progress;
import io.infraai.persistence.conversation.ClaimedTurn;

/**
 * A model may propose to change only what the conversation has seen: what the user named, what a result showed in a place for
 * names, or what the inventory has. A name that it made up, or read in a log line, is to be looked up first.
 */
@ApplicationScoped
public class SeenTargets {

    private static final Pattern ARGUMENT = Pattern.compile("\\{([a-z_]+)}");

    /** Say where and of what kind, by words of the configuration and of the platform. */
    private static final Set<String> VOCABULARY = Set.of("cluster", "kind", "server");

    /** Their targets don't exist yet; where they will be must. */
    private static final Set<String> CREATE = Set.of("create_resource");

    /** In matchers, what stands in quotes names something. */
    private static final Pattern MATCHED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What isn't a name's in a pattern such as {@code web-.*|cart}. */
    private static final Pattern PATTERN = Pattern.compile("-?\\.[*+]|[|()^$?]");

    private static final int MOST_ASSETS = 20;

    private final AssetInventory inventory;

    SeenTargets(AssetInventory inventory) {
        this.inventory = inventory;
    }

    /** Why the change isn't even proposed; empty when all that it names was seen. */
    public Uni<Optional<Failed>> objection(
            ClaimedTurn turn, Progress progress, ToolDescription tool, JsonNode arguments) {
        if (tool.risk() == Risk.READS) {
            return Uni.createFrom().item(Optional.empty());
        }
        var named = named(tool, arguments);
        if (named.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var known = known(turn, progress);
        var unknown =
                named.stream().filter(name -> !known.knows(name)).distinct().toList();
        return Multi.createFrom()
                .iterable(unknown)
                .onItem()
                .transformToUniAndConcatenate(name -> inInventory(turn.actor().tenant(), name)
                        .map(there -> there ? Optional.<String>empty() : Optional.of(name)))
                .collect()
                .asList()
                .map(looked -> looked.stream().flatMap(Optional::stream).toList())
                .map(left -> left.isEmpty() ? Optional.empty() : Optional.of(refused(left, known)));
    }

    /** The arguments that make up the tool's target. */
    private static List<String> named(ToolDescription tool, JsonNode arguments) {
        var named = new ArrayList<String>();
        ARGUMENT.matcher(tool.target()).results().map(found -> found.group(1)).forEach(argument -> {
            var value = arguments.path(argument).asText("");
            if (VOCABULARY.contains(argument) || value.isBlank()) {
                return;
            }
            if (argument.equals("matchers")) {
                MATCHED.matcher(value)
                        .results()
                        .flatMap(found -> PATTERN.splitAsStream(found.group(1)))
                        .filter(part -> !part.isBlank())
                        .forEach(named::add);
            } else if (!(argument.equals("name") && CREATE.contains(tool.name()))) {
                named.add(value);
            }
        });
        return named;
    }

    private static KnownNames known(ClaimedTurn turn, Progress progress) {
        var known = new KnownNames().say(turn.message()).see(turn.turnId(), progress);
        for (var earlier : turn.earlier()) {
            var events = earlier.events().stream().map(NumberedReply::event).toList();
            known.say(earlier.message()).see(earlier.id(), Progress.of(events));
        }
        return known;
    }

    private Uni<Boolean> inInventory(TenantId tenant, String name) {
        var filter = new AssetInventory.Filter(null, name, OptionalLong.empty(), MOST_ASSETS);
        return inventory
                .find(tenant, filter)
                .map(found -> found.stream()
                        .anyMatch(asset -> name.equalsIgnoreCase(asset.hostname())
                                || name.equals(asset.address())
                                || asset.attributes().containsValue(name)));
    }

    private static Failed refused(List<String> unknown, KnownNames known) {
        var names = unknown.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        var near = unknown.stream()
                .flatMap(name -> known.near(name).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Failed(
                FailureReason.TARGET_NOT_FOUND,
                "Unknown object " + names + ": neither the user nor a result has named it, so nothing was proposed. "
                        + "Look it up first, or ask the user for its exact name"
                        + (near.isEmpty() ? "." : "; seen were: " + near + "."));
    }
}
