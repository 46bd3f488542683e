package io.infraai.adapters.kubernetes;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A task may be taken up by a later version than the one that stored its target. */
class StoredIdentitiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("identities")
    void anIdentityIsReadBackFromTheFormItIsStoredIn(Record identity, String stored) throws JsonProcessingException {
        assertThat(JSON.readTree(JSON.writeValueAsString(identity))).isEqualTo(JSON.readTree(stored));
        assertThat(JSON.readValue(stored, identity.getClass())).isEqualTo(identity);
    }

    static Stream<Arguments> identities() {
        return Stream.of(
                arguments(new RestartPod.PodIdentity("u-1"), "{\"uid\":\"u-1\"}"),
                arguments(new Workload.Identity("u-1", 7, 3), "{\"uid\":\"u-1\",\"generation\":7,\"replicas\":3}"),
                arguments(new Cordoning.NodeIdentity("u-1", true), "{\"uid\":\"u-1\",\"cordoned\":true}"),
                arguments(
                        new DrainNode.DrainIdentity(
                                "u-1", true, List.of(new DrainNode.PodToMove("shop", "web-1", "u-2"))),
                        """
                        {"nodeUid":"u-1","cordoned":true,"pods":[{"namespace":"shop","name":"web-1","uid":"u-2"}]}"""),
                arguments(new RolloutUndo.Rollback("u-1", 7, 2, 1, "web-abc", "u-2"), """
                        {"uid":"u-1","generation":7,"from":2,"to":1,"replicaSet":"web-abc","replicaSetUid":"u-2"}"""),
                arguments(
                        new GuardedWrite.Self("u-1", 7, "1234"),
                        "{\"uid\":\"u-1\",\"generation\":7,\"resourceVersion\":\"1234\"}"),
                arguments(new DeleteResource.ObjectIdentity("u-1"), "{\"uid\":\"u-1\"}"),
                arguments(
                        new CreateResource.Gap("v1", "configmaps"),
                        "{\"apiVersion\":\"v1\",\"plural\":\"configmaps\"}"));
    }
}
