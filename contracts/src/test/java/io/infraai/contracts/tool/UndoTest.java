package io.infraai.contracts.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UndoTest {

    @Test
    void whatHappensToTheArgumentsLaterDoesNotChangeTheUndo() {
        var arguments = JsonNodeFactory.instance.objectNode().put("replicas", 3);
        var undo = new Undo("scale_deployment", arguments);

        arguments.put("replicas", 0);

        assertThat(undo.arguments().path("replicas").asInt()).isEqualTo(3);
    }
}
