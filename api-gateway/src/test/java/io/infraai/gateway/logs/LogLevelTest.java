package io.infraai.gateway.logs;

import java.util.logging.Logger;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class LogLevelTest {

    private static final String PATH = "/api/log-levels";

    private final Gateway gateway = new Gateway();

    @Test
    void aLevelHoldsWithinSecondsAndEndsWithItsReset() {
        var logger = Logger.getLogger("org.acme.some.category");
        var set = gateway.send(
                        "PUT",
                        PATH,
                        Gateway.adminKey(),
                        "{\"category\":\"org.acme.some.category\",\"level\":\"debug\",\"minutes\":5}")
                .expect(200)
                .body();
        assertThat(set.path("level").asText()).isEqualTo("DEBUG");
        assertThat(gateway.get(PATH).expect(200).body().path("items")).contains(set);

        await().until(() -> logger.getLevel() != null);
        gateway.delete(PATH + "/org.acme.some.category").expect(204);

        await().until(() -> logger.getLevel() == null);
        gateway.delete(PATH + "/org.acme.some.category").expectProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"category\":\"io\",\"level\":\"DEBUG\"}",
                "{\"category\":\"\",\"level\":\"DEBUG\"}",
                "{\"category\":\"io.infraai.*\",\"level\":\"DEBUG\"}",
                "{\"category\":\"io.infraai\",\"level\":\"ALL\"}",
                "{\"category\":\"io.infraai\",\"level\":\"DEBUG\",\"minutes\":0}",
                "{\"category\":\"io.infraai\",\"level\":\"DEBUG\",\"minutes\":241}",
                "{\"category\":\"io.infraai\",\"level\":\"DEBUG\",\"forever\":true}"
            })
    void whatIsNoCategoryLevelOrTimeIsRefused(String body) {
        gateway.send("PUT", PATH, Gateway.adminKey(), body).expectProblem(422, "invalid");
    }

    @Test
    void whoIsNoAdminMayNot() {
        gateway.send("GET", PATH, Gateway.keyOf(Role.OPERATOR), null).expectProblem(403, "forbidden");
    }
}
