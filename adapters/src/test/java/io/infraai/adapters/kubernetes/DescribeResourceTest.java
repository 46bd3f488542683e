package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.DescribeResource.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

class DescribeResourceTest extends KubernetesToolTest {

    @Test
    void aPodIsDescribedWithWhatItBelongsToAndWhatHappenedToIt() {
        settled("shop", "cart");
        var pod = cluster.podsOf("shop", "cart").getFirst();

        var described = done(new DescribeResource(new NamedObjects(clusters))
                .read(new Parameters("pod", pod, "shop", null, null), context()));

        assertThat(described.detail().path("owners"))
                .extracting(owner -> owner.asText().replaceAll("-[a-z0-9]+$", ""))
                .containsExactly("ReplicaSet/cart", "Deployment/cart");
        assertThat(described.detail().path("conditions"))
                .anySatisfy(it -> assertThat(it.asText()).isEqualTo("Ready=True"));
        assertThat(described.detail().path("events"))
                .extracting(event -> event.path("reason").asText())
                .contains("Scheduled", "Started");
        assertThat(described.detail().at("/object/metadata/name").asText()).isEqualTo(pod);
    }
}
