package io.infraai.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Policy;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.policies.PolicyReading.Valid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Alerts and policies collected beside the repository, where there are any; absent elsewhere. */
class SampleCasesTest {

    private static final Path FOLDER = Path.of("../../shared/cases/alerts/sample");

    @Test
    void theCollectedCasesComeOutAsExpected() throws IOException {
        assumeTrue(
                Files.isDirectory(FOLDER),
                "There is no folder " + FOLDER.toAbsolutePath().normalize());
        var policies = read("policies.json");
        var expected = read("expected.json");
        assumeTrue(policies.isContainerNode(), "There is no policies.json");
        assumeTrue(expected.path("alerts").isArray(), "There is no expected.json with the answer's shape");
        var alerts = alerts();
        var index = index(policies);
        for (var answer : expected.path("alerts")) {
            var alert = alerts.get(answer.path("index").asInt());
            var ids = StreamSupport.stream(answer.path("matched").spliterator(), false)
                    .map(each -> each.path("policy_id").asLong())
                    .toList();
            assertThat(index.matching(alert, Instant.now()).stream().map(Policy::id))
                    .as(answer.toString())
                    .containsExactlyElementsOf(ids);
        }
    }

    private static PolicyIndex index(JsonNode policies) {
        var index = new PolicyIndex();
        var reader = new PolicyReader(new SampleTools(), PolicyMode.AUTO);
        long next = 1;
        for (var each : policies.isArray() ? policies : policies.path("policies")) {
            var document = ((ObjectNode) each).deepCopy();
            long id = document.path("id").asLong(next++);
            document.remove("id");
            if (reader.readStored(TenantId.DEFAULT, id, 1, document) instanceof Valid(var policy, var _)) {
                index.put(policy);
            }
        }
        return index;
    }

    /** Of all other JSON files by name: bare alerts, lists of them, or webhook bodies. */
    private static List<Alert> alerts() throws IOException {
        var alerts = new ArrayList<Alert>();
        try (var files = Files.list(FOLDER)) {
            for (var file : new TreeSet<>(files.toList())) {
                var name = file.getFileName().toString();
                if (name.endsWith(".json") && !name.equals("policies.json") && !name.equals("expected.json")) {
                    add(read(name), alerts);
                }
            }
        }
        return alerts;
    }

    private static void add(JsonNode node, List<Alert> alerts) {
        if (node.isArray() || node.has("alerts")) {
            (node.isArray() ? node : node.path("alerts")).forEach(each -> add(each, alerts));
        } else if (node.path("labels").isObject()) {
            var status = AlertStatus.of(node.path("status").asText("firing"));
            var startsAt = node.path("startsAt").asText(Instant.EPOCH.toString());
            alerts.add(new Alert(
                    status,
                    texts(node.path("labels")),
                    texts(node.path("annotations")),
                    Instant.parse(startsAt),
                    null,
                    null,
                    null));
        }
    }

    private static java.util.Map<String, String> texts(JsonNode node) {
        var texts = new java.util.HashMap<String, String>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static JsonNode read(String name) throws IOException {
        var file = FOLDER.resolve(name);
        return Files.exists(file) ? Samples.JSON.readTree(file.toFile()) : Samples.JSON.missingNode();
    }
}
