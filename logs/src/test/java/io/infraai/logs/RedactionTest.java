package io.infraai.logs;

import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** The canary {@code c4n4ry} stands where the secret is. */
class RedactionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=c4n4ry",
                "DB_PASSWORD: c4n4ry",
                "export AWS_SECRET_ACCESS_KEY='c4n4ry'",
                "{\"client_secret\": \"c4n4ry\"}",
                "api-key=c4n4ry&next=1",
                "Authorization: Bearer c4n4ry",
                "\"authorization\":\"Basic c4n4ry\"",
                "Set-Cookie: sid=c4n4ry; HttpOnly",
                "postgresql://infra:c4n4ry@db:5432/shop",
                "redis://:c4n4ry@redis:6379",
                "ghp_c4n4ryc4n4ryc4n4ryc4n4ryc4n4ry",
                "xoxb-c4n4ryc4n4ry-c4n4ry",
                "sk-c4n4ryc4n4ryc4n4ryc4n4ry",
                "eyJhbGciOiJSUzI1NiJ9c.eyJzdWIiOiJjNG40cnkic4n4ry.c4n4ry",
                "-----BEGIN RSA PRIVATE KEY-----\nc4n4ry\n-----END RSA PRIVATE KEY-----"
            })
    void aSecretIsTakenOut(String text) {
        assertThat(Redaction.text("before " + text + " after"))
                .doesNotContain("c4n4ry")
                .startsWith("before ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The pod web-0 restarted 7 times",
                "secretName: shop-tls",
                "tokenExpirationSeconds=3607",
                "http://prometheus.example.com:9090/graph",
                "uid 7c1e9f6e-0f0e-4c1e-9d4e-6d0b6c1b9d11",
                "sum(rate(http_requests_total{job=\"web\"}[5m]))"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Redaction.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'password':'c4n4ry','user':'bob'}|{'password':'[redacted]','user':'bob'}",
                "{'env':[{'name':'DB_PASSWORD','value':'c4n4ry'}]}|{'env':[{'name':'DB_PASSWORD','value':'[redacted]'}]}",
                "{'env':[{'name':'LEVEL','value':'debug'}]}|{'env':[{'name':'LEVEL','value':'debug'}]}",
                "{'secretName':'tls','tokens':3}|{'secretName':'tls','tokens':3}",
                "{'log':'GET / password=c4n4ry'}|{'log':'GET / password=[redacted]'}"
            },
            quoteCharacter = '`')
    void inJsonTheNameOfAFieldTellsToo(String tree, String expected) throws JsonProcessingException {
        assertThat(Redaction.tree(JSON.readTree(tree.replace('\'', '"'))))
                .isEqualTo(JSON.readTree(expected.replace('\'', '"')));
    }

    @Test
    void noTextHoldsItUp() {
        var hostile = "a".repeat(200_000) + "-----BEGIN PRIVATE KEY-----".repeat(2_000) + "token".repeat(20_000);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> Redaction.text(hostile)))
                .isNotEmpty();
    }
}
