package io.infraai.contracts.identity;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretTest {

    @Test
    void itIsNotPrinted() {
        assertThat("key " + new Secret("hunter2")).isEqualTo("key ***");
    }

    @Test
    void itIsComparedByItsValue() {
        assertThat(new Secret("hunter2").sameAs(new Secret("hunter2"))).isTrue();
        assertThat(new Secret("hunter2").sameAs(new Secret("hunter3"))).isFalse();
    }
}
