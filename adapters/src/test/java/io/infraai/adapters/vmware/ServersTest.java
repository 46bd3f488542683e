package io.infraai.adapters.vmware;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.simulators.vcenter.SimulatedVcenter;
import io.infraai.simulators.vcenter.VcenterConfig;

import static org.assertj.core.api.Assertions.assertThat;

class ServersTest extends VmwareToolTest {

    private record Access(
            Optional<URI> url, Optional<String> user, Optional<Path> passwordFile, Optional<String> thumbprint)
            implements ServerAccess {}

    private SimulatedVcenter berlin;

    @BeforeEach
    void startAnotherServer() throws IOException {
        berlin = SimulatedVcenter.start(VcenterConfig.defaults("svc-berlin", "other word"));
        berlin.addMachine("only-berlin", Optional.empty());
        var access = new Access(
                Optional.of(URI.create(berlin.url())),
                Optional.of("svc-berlin"),
                Optional.of(Files.writeString(directory.resolve("berlin"), "other word\n")),
                Optional.empty());
        connect(Bounds.of(vcenter.url(), passwordFile).beside(Map.of("berlin", access)));
    }

    @AfterEach
    void stopAnotherServer() {
        berlin.close();
    }

    @Test
    void aToolLooksAtTheServerThatIsNamed() {
        assertThat(done(listed("berlin")).detail().path("vms").findValuesAsText("name"))
                .contains("only-berlin");
        assertThat(done(listed(null)).detail().path("vms").findValuesAsText("name"))
                .doesNotContain("only-berlin");
        assertThat(done(listed("default")).detail().path("vms")).hasSize(5);
    }

    @Test
    void aToolChangesTheServerThatIsNamed() {
        var tool = new PowerOnVm(servers);
        var parameters = new PowerOnVm.Parameters("batch-01", null, "berlin");
        var target = got(tool.identify(parameters, context())).found().orElseThrow();

        done(got(tool.apply(parameters, target, context())));

        assertThat(berlin.powerOf("batch-01")).isEqualTo("poweredOn");
        assertThat(vcenter.powerOf("batch-01")).isEqualTo("poweredOff");
    }

    @Test
    void aServerThatNobodyConfiguredIsNamedWithThoseThatAre() {
        var failed = failed(listed("paris"));

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).isEqualTo("There is no VMware server paris; known are berlin, default");
    }

    @Test
    void aTaskOfAServerThatIsNoLongerConfiguredIsLeftOpen() {
        var tool = new RestartVm(servers);
        var here = new RestartVm.Parameters("web-01", null, null);
        var target = got(tool.identify(here, context())).found().orElseThrow();
        var gone = new RestartVm.Parameters("web-01", null, "paris");

        assertThat(got(tool.identify(gone, context()))).isInstanceOf(NotFound.class);
        assertThat(failed(got(tool.fire(gone, target, context()))).reason())
                .isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(got(tool.settle(gone, target, context()))).isInstanceOf(Settlement.StillUnknown.class);
    }

    @Test
    void eachServerHasABreakerOfItsOwn() {
        vcenter.faults()
                .inject(FaultRule.once("RetrieveServiceContent", FaultKind.ERROR_BEFORE)
                        .times(100));
        for (int i = 0; i < 5; i++) {
            failed(listed(null));
        }

        assertThat(failed(listed(null)).reason()).isEqualTo(FailureReason.HELD_BACK);
        done(listed("berlin"));
    }

    @Test
    void aKeyIsCalledAsItIsWrittenForThatServer() throws IOException {
        Files.writeString(directory.resolve("berlin"), "wrong word");

        assertThat(failed(listed("berlin")).message())
                .contains("infraai.vmware.servers.\"berlin\".password-file")
                .doesNotContain("wrong word");
    }

    @Test
    void serversAreReadFromTheConfiguration() {
        var config = Configured.with(
                VmwareConfig.class,
                Map.of(
                        "infraai.vmware.url", "https://one.example.com/sdk",
                        "infraai.vmware.servers.\"berlin\".url", "https://two.example.com/sdk",
                        "infraai.vmware.servers.\"berlin\".user", "svc",
                        "infraai.vmware.servers.\"berlin\".password-file", "/run/secrets/berlin"));

        assertThat(config.url()).contains(URI.create("https://one.example.com/sdk"));
        assertThat(config.servers()).hasEntrySatisfying("berlin", berlinsAccess -> {
            assertThat(berlinsAccess.user()).contains("svc");
            assertThat(berlinsAccess.thumbprint()).isEmpty();
        });
    }

    @Test
    void tasksOnMachinesOfOneNameOnTwoServersDoNotWaitForEachOther() {
        assertThat(new RestartVm(servers).spec().target()).isEqualTo("vmware:{server}/vm/{vm_name}");
        JsonNode server = new RestartVm(servers).spec().inputSchema().at("/properties/server");
        assertThat(server.path("default").asText()).isEqualTo("default");
        assertThat(new RestartVm(servers).spec().inputSchema().path("required"))
                .singleElement()
                .satisfies(required -> assertThat(required.asText()).isEqualTo("vm_name"));
    }

    private ToolResult listed(@Nullable String server) {
        return got(new ListVms(servers, noted).read(new ListVms.Parameters(null, server), context()));
    }
}
