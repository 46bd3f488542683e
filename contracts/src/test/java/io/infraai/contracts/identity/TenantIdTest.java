package io.infraai.contracts.identity;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TenantIdTest {

    @Test
    void aDnsLabelIsATenantId() {
        for (var label : List.of("a", "7", "acme", "acme-2", "a--b", "a".repeat(63))) {
            assertThat(new TenantId(label).value()).isEqualTo(label);
        }
    }

    @Test
    void anythingElseIsNone() {
        for (var text : List.of("", " ", "Acme", "-a", "a-", "a.b", "a_b", "a b", "a\n", "\u00e4", "a".repeat(64))) {
            assertThatIllegalArgumentException()
                    .as("'%s'", text)
                    .isThrownBy(() -> new TenantId(text))
                    .withMessageContaining("'" + text + "'");
        }
    }

    @Test
    void itIsWrittenAsPlainTextAndReadBack() throws Exception {
        var json = new ObjectMapper();

        assertThat(json.writeValueAsString(new TenantId("acme"))).isEqualTo("\"acme\"");
        assertThat(json.readValue("\"acme\"", TenantId.class)).isEqualTo(new TenantId("acme"));
    }
}
