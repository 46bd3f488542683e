package io.infraai.gateway.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Secret;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTextTest {

    @Test
    void aKeyIsReadBack() {
        var key = KeyText.random(new SecureRandom());
        var whole = key.whole().reveal();

        assertThat(whole).hasSize(69).startsWith("iai_" + key.id() + "_");
        assertThat(KeyText.parse(whole)).hasValueSatisfying(read -> {
            assertThat(read.id()).isEqualTo(key.id());
            assertThat(read.material().reveal()).isEqualTo(key.material().reveal());
        });
    }

    @Test
    void aMistypedKeyIsNoKey() {
        var whole = KeyText.random(new SecureRandom()).whole().reveal();
        var flipped = whole.substring(0, 20) + (whole.charAt(20) == 'A' ? 'B' : 'A') + whole.substring(21);

        assertThat(KeyText.parse(flipped)).isEmpty();
        assertThat(KeyText.parse("")).isEmpty();
    }

    @Test
    void neitherKeyNorHashShowsTheSecret() {
        var key = KeyText.random(new SecureRandom());

        assertThat(key.toString()).doesNotContain(key.material().reveal());
        assertThat(new Credentials.Key("iai_x").toString()).doesNotContain("iai_x");
    }

    @Test
    void aHashFitsItsSecretAndPepperOnly() {
        var hash = new KeyHash(new Secret("pepper"));
        var stored = hash.of(new Secret("s3cret"));

        assertThat(hash.fits(new Secret("s3cret"), stored)).isTrue();
        assertThat(hash.fits(new Secret("s3creT"), stored)).isFalse();
        assertThat(new KeyHash(new Secret("salt")).fits(new Secret("s3cret"), stored))
                .isFalse();
    }

    @Test
    void twentyFailuresAMinuteAreBorne() {
        var start = Instant.parse("2026-11-23T10:00:00Z");
        var logins = new FailedLogins(Clock.fixed(start, ZoneOffset.UTC));
        for (int i = 0; i < FailedLogins.MOST; i++) {
            assertThat(logins.failed("10.0.0.1")).isFalse();
        }
        assertThat(logins.failed("10.0.0.1")).isTrue();
        assertThat(logins.failed("10.0.0.2")).isFalse();
    }
}
