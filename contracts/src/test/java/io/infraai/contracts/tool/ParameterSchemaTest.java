package io.infraai.contracts.tool;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParameterSchemaTest {

    @Parameter(value = "Where", pattern = "^[a-z]+$", maxLength = 9, optional = true, defaultValue = "here")
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Place {}

    private record Shared(
            @Place @Nullable String place,
            @Parameter("What") String what) {}

    private record Direct(
            @Parameter(value = "Where", pattern = "^[a-z]+$", maxLength = 9, optional = true, defaultValue = "here")
            @Nullable
            String place,

            @Parameter("What") String what) {}

    @Test
    void anAnnotationThatIsDescribedDescribesWhatCarriesIt() {
        assertThat(ParameterSchema.of(Shared.class)).isEqualTo(ParameterSchema.of(Direct.class));
        assertThat(ParameterSchema.of(Shared.class).path("required"))
                .singleElement()
                .satisfies(required -> assertThat(required.asText()).isEqualTo("what"));
    }
}
