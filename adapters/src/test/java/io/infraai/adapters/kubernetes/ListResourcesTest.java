package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.ListResources.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

class ListResourcesTest extends KubernetesToolTest {

    @Test
    void objectsOfAnyKindAreListedWithTheirState() {
        settled("shop", "cart");

        var listed = done(new ListResources(clusters)
                .read(new Parameters("deployment", "shop", "app=cart", null, null), context()));

        assertThat(listed.detail().path("items")).singleElement().satisfies(item -> {
            assertThat(item.path("name").asText()).isEqualTo("cart");
            assertThat(item.path("ready_replicas").asInt()).isEqualTo(2);
            assertThat(item.at("/conditions/Available").asText()).isEqualTo("True");
        });
    }

    @Test
    void howManyMoreThereAreIsSaid() {
        for (int i = 0; i < 130; i++) {
            cluster.create("configmaps", "shop", json("{\"metadata\":{\"name\":\"c-%d\"}}".formatted(i)));
        }

        var listed = done(
                new ListResources(clusters).read(new Parameters("configmap", "shop", null, null, null), context()));

        assertThat(listed.detail().path("items")).hasSize(100);
        assertThat(listed.detail().path("rest").asInt()).isEqualTo(30);
        assertThat(listed.summary()).isEqualTo("100 of kind configmap and 30 more");
    }
}
