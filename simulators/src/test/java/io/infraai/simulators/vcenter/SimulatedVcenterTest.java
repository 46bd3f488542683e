package io.infraai.simulators.vcenter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

class SimulatedVcenterTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedVcenter vcenter;
    private String cookie = "";

    @BeforeEach
    void start() {
        vcenter = SimulatedVcenter.start(
                VcenterConfig.defaults("svc", "pass&word").withBootAfter(Duration.ofMillis(20)));
    }

    @AfterEach
    void stop() {
        http.close();
        vcenter.close();
    }

    @Test
    void whatItIsCanBeAskedWithoutLogin() throws Exception {
        var answer = ask("RetrieveServiceContent", "ServiceInstance", "ServiceInstance", "");

        assertThat(answer.body()).contains("<apiVersion>8.0.2.0</apiVersion>", ">group-d1</rootFolder>");
    }

    @Test
    void aLoneHostNamesItsObjectsDifferently() throws Exception {
        vcenter.close();
        vcenter = SimulatedVcenter.start(VcenterConfig.defaults("root", "x").of(Product.ESXI));

        var answer = ask("RetrieveServiceContent", "ServiceInstance", "ServiceInstance", "");

        assertThat(answer.body()).contains("HostAgent", ">ha-folder-root</rootFolder>");
    }

    @Test
    void aWrongPasswordIsInvalidLogin() throws Exception {
        var answer = ask("Login", "SessionManager", "SessionManager", "<userName>svc</userName><password>x</password>");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("xsi:type=\"InvalidLogin\"");
    }

    @Test
    void nothingElseIsAnsweredWithoutASession() throws Exception {
        logIn();
        vcenter.expireSessions();

        assertThat(ask("CurrentTime", "ServiceInstance", "ServiceInstance", "").body())
                .contains("xsi:type=\"NotAuthenticated\"");
    }

    @Test
    void listsAreToldInPages() throws Exception {
        logIn();
        var view = view("VirtualMachine");

        var first = read("ContainerView", view, "VirtualMachine", "name", 4).body();
        var token = found("<token>([^<]+)", first);
        var rest = ask(
                "ContinueRetrievePropertiesEx",
                "PropertyCollector",
                "propertyCollector",
                "<token>%s</token>".formatted(token));

        assertThat(first.split("<objects>")).hasSize(5);
        assertThat(rest.body().split("<objects>")).hasSize(3);
        assertThat(rest.body()).doesNotContain("<token>");
    }

    @Test
    void aResetMovesTheBootTimeAndTheGuestTakesItsTime() throws Exception {
        logIn();
        var machine = idOf("web-01");
        var before = value(machine, "runtime.bootTime");

        var task = found(
                "<returnval[^>]*>([^<]+)",
                ask("ResetVM_Task", "VirtualMachine", machine, "").body());

        assertThat(read("Task", task, "Task", "info.state", 1).body()).contains(">success<");
        assertThat(value(machine, "runtime.bootTime")).isNotEqualTo(before);
        await().untilAsserted(() ->
                assertThat(value(machine, "guest.toolsRunningStatus")).isEqualTo("guestToolsRunning"));
        assertThat(vcenter.calls().effects()).containsExactly(new Effect(Effect.What.RESET, machine));
    }

    @Test
    void aGuestWithoutToolsCannotBeAsked() throws Exception {
        logIn();

        var answer = ask("RebootGuest", "VirtualMachine", idOf("legacy-01"), "");

        assertThat(answer.body()).contains("xsi:type=\"ToolsUnavailable\"");
        assertThat(vcenter.calls().effects()).isEmpty();
    }

    @Test
    void aGuestThatIsAskedToShutDownIsOffAfterAWhile() throws Exception {
        logIn();

        ask("ShutdownGuest", "VirtualMachine", idOf("web-01"), "");

        await().untilAsserted(() -> assertThat(vcenter.powerOf("web-01")).isEqualTo("poweredOff"));
    }

    @Test
    void turningOnWhatIsOnIsInvalid() throws Exception {
        logIn();

        assertThat(ask("PowerOnVM_Task", "VirtualMachine", idOf("web-01"), "").body())
                .contains("xsi:type=\"InvalidPowerState\"");
    }

    @Test
    void snapshotsFormATree() throws Exception {
        logIn();
        var machine = idOf("db-01");
        for (var name : new String[] {"one", "two"}) {
            ask("CreateSnapshot_Task", "VirtualMachine", machine, "<name>%s</name>".formatted(name));
        }

        ask(
                "RemoveSnapshot_Task",
                "VirtualMachineSnapshot",
                vcenter.snapshotsOf("db-01").getFirst().id(),
                "");

        assertThat(vcenter.snapshotsOf("db-01")).singleElement().satisfies(left -> {
            assertThat(left.name()).isEqualTo("two");
            assertThat(left.parent()).isEmpty();
        });
    }

    @Test
    void aMachineWithARunningTaskIsBusy() throws Exception {
        vcenter.close();
        vcenter = SimulatedVcenter.start(
                VcenterConfig.defaults("svc", "pass&word").withTaskTakes(Duration.ofMinutes(1)));
        logIn();
        ask("ResetVM_Task", "VirtualMachine", idOf("web-01"), "");

        assertThat(ask("ResetVM_Task", "VirtualMachine", idOf("web-01"), "").body())
                .contains("xsi:type=\"TaskInProgress\"");
    }

    @Test
    void aLostReplyHidesWhatWasDone() throws Exception {
        logIn();
        var machine = idOf("web-01");
        vcenter.faults().inject(FaultRule.once("ResetVM_Task", FaultKind.LOST_REPLY));

        var failure = catchThrowable(() -> ask("ResetVM_Task", "VirtualMachine", machine, ""));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(vcenter.calls().of("ResetVM_Task")).singleElement().satisfies(call -> {
            assertThat(call.status()).isZero();
            assertThat(call.effects()).hasSize(1);
        });
    }

    @Test
    void aLostRequestChangesNothing() throws Exception {
        logIn();
        var machine = idOf("web-01");
        vcenter.faults().inject(FaultRule.once("ResetVM_Task", FaultKind.LOST_REQUEST));

        assertThat(catchThrowable(() -> ask("ResetVM_Task", "VirtualMachine", machine, "")))
                .isInstanceOf(IOException.class);
        assertThat(vcenter.calls().effects()).isEmpty();
    }

    @Test
    void eventsTellWhoDidWhat() throws Exception {
        logIn();
        vcenter.reset("web-01");

        var answer = ask(
                "QueryEvents",
                "EventManager",
                "EventManager",
                "<filter><entity><entity type=\"VirtualMachine\">%s</entity><recursion>self</recursion></entity></filter>"
                        .formatted(idOf("web-01")));

        assertThat(answer.body()).contains("xsi:type=\"VmResettingEvent\"", "alice");
    }

    @Test
    void aCertificateOfItsOwnIsMadeForTls() {
        try (var secured =
                SimulatedVcenter.start(VcenterConfig.defaults("svc", "x").withTls("localhost"))) {
            assertThat(secured.url()).startsWith("https://127.0.0.1:").endsWith("/sdk");
            assertThat(secured.thumbprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        }
    }

    private void logIn() throws Exception {
        var answer = ask(
                "Login",
                "SessionManager",
                "SessionManager",
                "<userName>svc</userName><password>pass&amp;word</password>");
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private String idOf(String name) throws Exception {
        var list = read("ContainerView", view("VirtualMachine"), "VirtualMachine", "name", 100)
                .body();
        return found(">([^<]+)</obj><propSet><name>name</name><val[^>]*>" + name + "<", list);
    }

    private String value(String machine, String path) throws Exception {
        return found(
                "<val[^>]*>([^<]*)<",
                read("VirtualMachine", machine, "VirtualMachine", path, 1).body());
    }

    private String view(String type) throws Exception {
        var answer = ask(
                "CreateContainerView",
                "ViewManager",
                "ViewManager",
                "<container type=\"Folder\">group-d1</container><type>%s</type><recursive>true</recursive>"
                        .formatted(type));
        return found("<returnval[^>]*>([^<]+)", answer.body());
    }

    private HttpResponse<String> read(String type, String id, String of, String path, int most) throws Exception {
        return ask("RetrievePropertiesEx", "PropertyCollector", "propertyCollector", """
                <specSet><propSet><type>%s</type><pathSet>%s</pathSet></propSet>
                <objectSet><obj type="%s">%s</obj></objectSet></specSet>
                <options><maxObjects>%d</maxObjects></options>""".formatted(
                        of, path, type, id, most));
    }

    private HttpResponse<String> ask(String operation, String type, String id, String arguments) throws Exception {
        var body = """
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
                <%1$s xmlns="urn:vim25"><_this type="%2$s">%3$s</_this>%4$s</%1$s></e:Body></e:Envelope>""".formatted(operation, type, id, arguments);
        var request = HttpRequest.newBuilder(URI.create(vcenter.url()))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
        Optional.of(cookie).filter(set -> !set.isEmpty()).ifPresent(set -> request.header("Cookie", set));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
