package io.infraai.engine.offline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenResultTest {

    private static final String RESULT = Talk.done("2 pods", Shop.HEALTHY);

    @Test
    void aFencedResultIsReadWhole() {
        var read =
                SeenResult.of("<tool-result tool=\"list_pods\" key=\"k\">\n" + RESULT + "\n</tool-result key=\"k\">");

        assertThat(read.done()).isTrue();
        assertThat(read.summary()).isEqualTo("2 pods");
        assertThat(read.items("pods")).hasSize(2);
        assertThat(read.whole()).isTrue();
    }

    @Test
    void whereverItIsCutOnlyWholeElementsAreTaken() {
        for (int end = 0; end < RESULT.length(); end++) {
            var read = SeenResult.of(RESULT.substring(0, end) + "…[cut, 999 characters in all]");

            assertThat(read.items("pods").size()).isLessThanOrEqualTo(2);
            read.items("pods").forEach(pod -> assertThat(pod.has("node")).isTrue());
            assertThat(read.whole() && !read.items("pods").isEmpty()).isFalse();
        }
    }

    @Test
    void aFailureHasItsMessageAsSummary() {
        var read = SeenResult.of(Talk.failed("UNREACHABLE", "The cluster doesn't answer"));

        assertThat(read.done()).isFalse();
        assertThat(read.summary()).isEqualTo("The cluster doesn't answer");
    }

    @Test
    void aTextWithoutJsonIsASummary() {
        assertThat(SeenResult.of("Approved by ann, done.").summary()).isEqualTo("Approved by ann, done.");
    }
}
