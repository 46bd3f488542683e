package io.infraai.policies;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DuringTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static boolean within(String during, Instant now) {
        var condition = Samples.condition("{\"during\": " + during + "}");
        return CompiledCondition.of(condition).holds(Samples.alert("a", "b"), now);
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    // 2026-03-06 is a Friday
    @ParameterizedTest
    @CsvSource({
        "2026-03-06T08:00, true",
        "2026-03-06T17:59:59, true",
        "2026-03-06T18:00, false",
        "2026-03-06T07:59:59, false",
        "2026-03-07T12:00, false",
        "2026-03-09T12:00, true"
    })
    void officeHoursAreInclusiveThenExclusive(String local, boolean expected) {
        var office = """
                {"days": ["mon-fri"], "from": "08:00", "to": "18:00", "zone": "Europe/Berlin"}""";

        assertThat(within(office, berlin(local))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-06T22:00, true",
        "2026-03-07T05:59, true",
        "2026-03-07T06:00, false",
        "2026-03-07T23:00, false",
        "2026-03-06T05:00, false"
    })
    void aNightBelongsToTheDayItBeganOn(String local, boolean expected) {
        var night = """
                {"days": ["fri"], "from": "22:00", "to": "06:00", "zone": "Europe/Berlin"}""";

        assertThat(within(night, berlin(local))).isEqualTo(expected);
    }

    @Test
    void theClockChangesAreFollowed() {
        var morning = """
                {"from": "08:00", "to": "09:00", "zone": "Europe/Berlin"}""";

        // summer time began in the night to 2026-03-29
        assertThat(within(morning, Instant.parse("2026-03-28T07:30:00Z"))).isTrue();
        assertThat(within(morning, Instant.parse("2026-03-29T06:30:00Z"))).isTrue();
        assertThat(within(morning, Instant.parse("2026-03-29T07:30:00Z"))).isFalse();
    }

    @Test
    void daysAloneMeanWholeDays() {
        var weekend = """
                {"days": ["sat-sun"], "zone": "Europe/Berlin"}""";

        assertThat(within(weekend, berlin("2026-03-07T00:00"))).isTrue();
        assertThat(within(weekend, berlin("2026-03-08T23:59"))).isTrue();
        assertThat(within(weekend, berlin("2026-03-09T00:00"))).isFalse();
    }

    @Test
    void rangesOfDaysMayPassTheWeeksEnd() {
        var long_ = """
                {"days": ["fri-mon", "wed"], "from": "18:00", "to": "24:00", "zone": "Europe/Berlin"}""";

        assertThat(within(long_, berlin("2026-03-08T23:59:59"))).isTrue();
        assertThat(within(long_, berlin("2026-03-09T00:00"))).isFalse();
        assertThat(within(long_, berlin("2026-03-10T19:00"))).isFalse();
        assertThat(within(long_, berlin("2026-03-11T19:00"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"days\": [\"mon-fri\"]}",
                "{\"days\": [\"workday\"], \"zone\": \"UTC\"}",
                "{\"days\": [], \"zone\": \"UTC\"}",
                "{\"days\": \"mon\", \"zone\": \"UTC\"}",
                "{\"days\": [1], \"zone\": \"UTC\"}",
                "{\"from\": \"08:00\", \"zone\": \"UTC\"}",
                "{\"from\": \"8:00\", \"to\": \"9:00\", \"zone\": \"UTC\"}",
                "{\"from\": \"24:00\", \"to\": \"09:00\", \"zone\": \"UTC\"}",
                "{\"from\": \"08:00\", \"to\": \"08:00\", \"zone\": \"UTC\"}",
                "{\"from\": \"08:00\", \"to\": \"18:00\", \"zone\": \"Europe/Atlantis\"}",
                "{\"from\": \"08:00\", \"to\": \"18:00\", \"zone\": \"UTC\", \"day\": [\"mon\"]}"
            })
    void timesThatCannotBeKeptAreRefused(String during) {
        assertThat(Samples.conditionFault("{\"during\": " + during + "}").path())
                .startsWith("/condition/during");
    }
}
