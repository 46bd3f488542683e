package io.infraai.messaging.redis;

import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamedUserTest {

    private static final String GIVEN_APART = "a/b@c d";

    private final NamedUser users = new NamedUser();

    @Test
    void aUserGetsThePasswordThatIsConfiguredApart() {
        assertThat(withPassword("rediss://gateway@redis:6379/2?client=x"))
                .isEqualTo("rediss://gateway:a%2Fb%40c+d@redis:6379/2?client=x");
    }

    @Test
    void anAddressWithoutAUserOrWithAPasswordOfItsOwnStaysAsItIs() {
        assertThat(withPassword("redis://redis:6379")).isEqualTo("redis://redis:6379");
        assertThat(withPassword("redis://gateway:own@redis")).isEqualTo("redis://gateway:own@redis");
        assertThat(withPassword("redis://:own@redis")).isEqualTo("redis://:own@redis");
    }

    @Test
    void withoutAPasswordNothingChanges() {
        var options = new RedisOptions().setConnectionString("redis://gateway@redis");

        users.customize("<default>", options);

        assertThat(options.getEndpoint()).isEqualTo("redis://gateway@redis");
    }

    private String withPassword(String endpoint) {
        var options = new RedisOptions().setConnectionString(endpoint).setPassword(GIVEN_APART);
        users.customize("<default>", options);
        return options.getEndpoint();
    }
}
