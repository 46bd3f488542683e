package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.RolloutHistory.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutHistoryTest extends KubernetesToolTest {

    @Test
    void theRevisionsAreListedNewestFirstWithTheirImages() {
        settled("shop", "cart");
        cluster.patch("deployments", "shop", "cart", json("""
                {"spec":{"template":{"spec":{"containers":[{"name":"cart","image":"example.com/cart:3"}]}}}}"""));
        settled("shop", "cart");

        var history = done(new RolloutHistory(clusters).read(new Parameters("cart", "shop", null), context()));

        assertThat(history.detail().path("current").asInt()).isEqualTo(2);
        assertThat(history.detail().path("revisions"))
                .extracting(it ->
                        it.path("revision").asInt() + " " + it.at("/images/0").asText())
                .containsExactly("2 example.com/cart:3", "1 registry.example.com/shop/cart:2.3.0");
    }
}
