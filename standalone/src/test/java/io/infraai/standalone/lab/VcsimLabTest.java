package io.infraai.standalone.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.Vcsim;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts about machines of two vCenters that somebody else wrote, one of which answers too late. */
@Tag("lab")
class VcsimLabTest {

    private static final String POLICY = "MachineHangs";
    private static final String POLICY_OF_SLOW = "MachineOfSlowHangs";
    private static final String SLOW = "infraai.vmware.servers.slow.";

    @TempDir
    static Path home;

    private static Vcsim vcsim;
    private static Vcsim slow;
    private static Installation installation;
    private static ServiceProcess worker;
    private static ServiceProcess gateway;

    @BeforeAll
    static void install() throws IOException {
        Vcsim.assumeInstalled();
        var passwordFile = Files.writeString(home.resolve("password"), "open sesame\n");
        vcsim = Vcsim.start(Files.createDirectories(home.resolve("prompt")), passwordFile);
        slow = Vcsim.start(Files.createDirectories(home.resolve("slow")), passwordFile, "-delay", "ResetVM_Task:4000");
        installation = new Installation();
        installation.policy(POLICY, "{\"tool\":\"restart_vm\",\"params\":{\"vm_name\":\"${label.target}\"}}");
        installation.policy(
                POLICY_OF_SLOW,
                "{\"tool\":\"restart_vm\",\"params\":{\"vm_name\":\"${label.target}\",\"server\":\"slow\"}}");
        worker = installation.worker(Map.of(
                "infraai.vmware.url",
                vcsim.url(),
                "infraai.vmware.user",
                Vcsim.USER,
                "infraai.vmware.password-file",
                passwordFile.toString(),
                "infraai.vmware.thumbprint",
                vcsim.thumbprint(),
                "infraai.vmware.call-timeout",
                "3s",
                SLOW + "url",
                slow.url(),
                SLOW + "user",
                Vcsim.USER,
                SLOW + "password-file",
                passwordFile.toString(),
                SLOW + "thumbprint",
                slow.thumbprint()));
        gateway = installation.gateway(Map.of()).ready();
    }

    @AfterAll
    static void uninstall() {
        if (installation != null) {
            gateway.close();
            worker.close();
            installation.close();
            slow.close();
            vcsim.close();
        }
    }

    @Test
    void anAlertThatIsSentTwiceLeadsToOneReset() {
        var webhook = Installation.webhook(POLICY, Vcsim.MACHINE);
        for (int i = 0; i < 2; i++) {
            assertThat(installation.post(gateway, "/api/alerts", webhook).statusCode())
                    .isEqualTo(200);
        }

        var task = installation.task(Vcsim.MACHINE, "done");

        assertThat(journal(task)).contains("Reset virtual machine " + Vcsim.MACHINE);
        assertActedOnOnce(Vcsim.MACHINE, vcsim);
    }

    @Test
    void aResetOfANamedServerThatIsAnsweredTooLateEndsDoneByItsEvidence() {
        var machine = "DC0_H0_VM1";
        assertThat(installation
                        .post(gateway, "/api/alerts", Installation.webhook(POLICY_OF_SLOW, machine))
                        .statusCode())
                .isEqualTo(200);

        var task = installation.task(machine, "done");

        assertThat(journal(task)).contains("has booted at");
        assertActedOnOnce(machine, slow);
    }

    private static String journal(JsonNode task) {
        return installation
                .get("/api/tasks/" + task.path("id").asLong())
                .path("journal")
                .toString();
    }

    private static void assertActedOnOnce(String machine, Vcsim server) {
        var episodes = installation.get("/api/alerts?label=target=" + machine).path("items");
        assertThat(episodes).hasSize(1);
        assertThat(episodes.path(0).path("tasks")).hasSize(1);
        assertThat(server.asked("ResetVM_Task")).isEqualTo(1);
    }
}
