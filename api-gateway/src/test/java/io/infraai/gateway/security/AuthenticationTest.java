package io.infraai.gateway.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class AuthenticationTest {

    private final Gateway gateway = new Gateway();

    @Test
    void theFirstKeyLiesInAFileThatOnlyItsOwnerReads() throws IOException {
        assertThat(KeyText.parse(Gateway.adminKey())).isPresent();
        for (var file : new String[] {"target/keys/admin.key", "target/keys/pepper"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aBearerTokenIsAsGoodAsAKeyHeader() {
        gateway.send("GET", "/api/status", null, null, "Authorization", "Bearer " + Gateway.adminKey())
                .expect(200);
    }

    @Test
    void wrongKeysAreRefusedAlike() {
        var right = Gateway.keyOf(Role.VIEWER);
        var stranger = KeyText.random(new SecureRandom()).whole().reveal();
        var other = KeyText.random(new SecureRandom());
        var mixed =
                new KeyText(right.substring(4, 16), other.material()).whole().reveal();
        for (var key : new String[] {stranger, mixed, "x", "iai_", right + "x", "k".repeat(10_000)}) {
            gateway.send("GET", "/api/status", key, null).expectProblem(401, "unauthenticated");
        }
        gateway.send("GET", "/api/status", "", null).expectProblem(401, "unauthenticated");
        gateway.send("GET", "/api/status", null, null, "Authorization", "Basic eDp5")
                .expectProblem(401, "unauthenticated");
        gateway.send("GET", "/api/status", right, null).expect(200);
    }

    @Test
    void twoKeysAreRefused() {
        var key = Gateway.adminKey();
        gateway.send("GET", "/api/status", key, null, "Authorization", "Bearer " + key)
                .expectProblem(400, "malformed_request");
        gateway.send("GET", "/api/status", key, null, "X-API-KEY", key).expectProblem(400, "malformed_request");
    }

    @Test
    void aRevokedKeyStopsWorking() {
        var made = gateway.post("/api/keys", "{\"name\":\"short-lived\",\"roles\":[\"viewer\"],\"expires_in_days\":1}")
                .expect(201);
        var key = made.body().path("key").asText();
        gateway.send("GET", "/api/status", key, null).expect(200);

        gateway.delete("/api/keys/" + made.body().path("id").asText()).expect(204);

        gateway.send("GET", "/api/status", key, null).expect(401);
        gateway.delete("/api/keys/nonesuch").expectProblem(404, "not_found");
        assertThat(gateway.get("/api/keys").expect(200).body().toString()).doesNotContain(key);
    }

    @Test
    void keysThatMakeNoSenseAreNotMade() {
        for (var wish : new String[] {
            "{}",
            "{\"name\":\"x\",\"roles\":[]}",
            "{\"name\":\"x\",\"roles\":[\"king\"]}",
            "{\"name\":\"\",\"roles\":[\"viewer\"]}",
            "{\"name\":\"x\",\"roles\":[\"viewer\"],\"tenant\":\"y\"}",
            "{\"name\":\"x\",\"roles\":[\"viewer\"],\"expires_in_days\":0}"
        }) {
            gateway.post("/api/keys", wish).expectProblem(422, "invalid");
        }
    }
}
