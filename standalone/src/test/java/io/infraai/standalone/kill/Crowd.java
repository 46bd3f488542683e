package io.infraai.standalone.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that talk at once, in turns at one gateway and the other, over a WebSocket and server-sent events, each in a session
 * of its own.
 */
final class Crowd {

    /** What stands behind the name of a pod that is to be restarted. */
    static final String PLACE = " in shop";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ServiceProcess> gateways;
    private final String key;
    private final List<Member> members = new ArrayList<>();

    /**
     * @param at index of the gateway
     */
    private record Member(String session, int at, boolean events, Talk talk) {}

    Crowd(List<ServiceProcess> gateways, String key) {
        this.gateways = gateways;
        this.key = key;
    }

    void begins(int clients) {
        for (var i = 0; i < clients; i++) {
            join(Installation.unique("s" + i), i % 2, i % 4 >= 2);
        }
    }

    private Member join(String session, int at, boolean events) {
        var question = Words.question(session);
        var member = new Member(
                session,
                at,
                events,
                events
                        ? Talk.overEvents(gateways.get(at), key, session, question)
                        : Talk.overSocket(gateways.get(at), key, session, question));
        members.add(member);
        return member;
    }

    boolean allAreBeingAnswered() {
        return members.stream().allMatch(member -> member.talk().has("token"));
    }

    private int other(Member member) {
        return 1 - member.at();
    }

    /** Half of them lose their connection in the middle, and tell the other gateway what they have: some at each, some of each kind. */
    void comesBackThroughTheOtherGateway() {
        for (var i = 0; i < members.size(); i++) {
            if (i % 4 == 0 || i % 4 == 3) {
                members.set(i, back(members.get(i)));
            }
        }
    }

    private Member back(Member member) {
        member.talk().close();
        var after = member.talk().seq();
        var at = other(member);
        var again = member.events()
                ? Talk.backToEvents(gateways.get(at), key, member.session(), after)
                : Talk.back(gateways.get(at), key, member.session(), after);
        return new Member(member.session(), at, member.events(), again);
    }

    void cancelsThroughTheOtherGateway(Installation installation) {
        var member = join(Installation.unique("cancelled"), 0, true);
        await().atMost(PATIENCE).until(() -> member.talk().has("token"));
        var turn = member.talk().frames().getFirst().path("turn_id").asText();

        var answer = installation.post(
                gateways.get(1), "/api/chat/" + member.session() + "/turns/" + turn + "/cancel", "{}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> member.talk().has("error"));
        assertThat(member.talk().frames().getLast().path("code").asText()).isEqualTo("cancelled");
        members.remove(member);
        assertThat(member.talk().written()).isNotEmpty();
        assertThat(Words.whole(member.session())).startsWith(member.talk().written());
    }

    void approvesThroughTheOtherGateway(Installation installation, String pod) {
        try (var talk = Talk.overSocket(gateways.get(0), key, Installation.unique("approved"), pod + PLACE)) {
            await().atMost(PATIENCE).until(() -> talk.has("approval_required"));
            var approval = talk.frames("approval_required").getFirst().path("approval");

            var answer = installation.post(
                    gateways.get(1), "/api/approvals/" + approval.path("id").asLong() + "/approve", "{}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> talk.has("done"));
            assertThat(talk.reply()).isEqualTo("Restarted " + pod + ".");
        }
    }

    /** Whoever was there from an engine's beginning on has every word, and nobody has one twice, late, or another's. */
    void assertEveryoneWasToldTheirOwn() {
        assertThat(members).allSatisfy(member -> {
            var whole = Words.whole(member.session());
            var talk = member.talk();
            assertThat(talk.reply().strip()).isEqualTo(whole.strip());
            if (talk.has("started")) {
                assertThat(talk.written()).as("the words of %s", member).isEqualTo(whole);
            } else {
                assertThat(whole).as("the words of %s", member).contains(talk.written());
            }
            var numbers = talk.frames().stream()
                    .map(frame -> frame.path("seq").asLong())
                    .toList();
            assertThat(numbers).isSorted();
            assertThat(new HashSet<>(numbers)).as("no frame twice").hasSameSizeAs(numbers);
            assertThat(talk.frames())
                    .extracting(frame -> frame.path("turn_id").asText())
                    .containsOnly(talk.frames().getFirst().path("turn_id").asText());
        });
    }

    /** Whether an engine took up what another had begun. */
    boolean someWereBegunAgain() {
        return members.stream()
                .flatMap(member -> member.talk().frames("started").stream())
                .anyMatch(started -> started.path("attempt").asInt() > 1);
    }

    void leaves() {
        members.forEach(member -> member.talk().close());
    }
}
