package io.infraai.adapters.vmware;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.vcenter.Call;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.simulators.vcenter.VcenterConfig;

import static org.assertj.core.api.Assertions.assertThat;

class VmwareFailuresTest extends VmwareToolTest {

    @Test
    void withoutAServerTheAnswerSaysWhichKeyToSet() {
        connect(Bounds.none());

        var result = failed(list());

        assertThat(result.message()).contains("infraai.vmware.url");
        assertThat(result.reason().retryable()).isFalse();
    }

    @Test
    void aWrongPasswordIsTriedOnceAndNotAgainForAWhile() throws IOException {
        Files.writeString(passwordFile, "wrong-word");

        var first = failed(list());
        var second = failed(list());

        assertThat(first.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(second.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(first.message()).contains("infraai.vmware.password-file").doesNotContain("wrong-word");
        assertThat(vcenter.calls().of("Login")).hasSize(1);
    }

    @Test
    void aPasswordThatWasPutRightIsUsedAtOnce() throws IOException {
        Files.writeString(passwordFile, "wrong-word");
        failed(list());
        Files.writeString(passwordFile, PASSWORD);

        done(list());
    }

    @Test
    void anExpiredSessionIsRenewedAndTheRequestRepeatedOnce() {
        done(list());
        vcenter.expireSessions();
        vcenter.calls().clear();

        done(list());

        assertThat(vcenter.calls().all().stream().map(Call::operation))
                .containsExactly(
                        "CreateContainerView",
                        "RetrieveServiceContent",
                        "Login",
                        "CreateContainerView",
                        "RetrievePropertiesEx",
                        "DestroyView");
    }

    @Test
    void aSessionThatEndsWithinAListStartsTheListAnew() {
        vcenter.faults()
                .inject(FaultRule.once("RetrievePropertiesEx", FaultKind.SOAP_FAULT)
                        .of("NotAuthenticated"));

        done(list());

        assertThat(vcenter.calls().of("CreateContainerView")).hasSize(2);
    }

    @Test
    void aServerThatTellsNothingSinceTheSessionHasEndedIsLoggedInToAgain() {
        var restart = new RestartVm(servers);
        var legacy = new RestartVm.Parameters("legacy-01", null, null);
        var target = got(restart.identify(legacy, context())).found().orElseThrow();
        vcenter.expireSessions();
        vcenter.calls().clear();

        done(got(restart.fire(legacy, target, context())));

        assertThat(vcenter.calls().of("Login")).hasSize(1);
        assertThat(vcenter.calls().of("ResetVM_Task")).hasSize(1);
    }

    @Test
    void aViewThatIsGoneWithItsSessionIsMadeAnew() {
        vcenter.faults()
                .inject(FaultRule.once("RetrievePropertiesEx", FaultKind.SOAP_FAULT)
                        .of("ManagedObjectNotFound"));

        done(list());

        assertThat(vcenter.calls().of("Login")).hasSize(2);
        assertThat(vcenter.calls().of("CreateContainerView")).hasSize(2);
    }

    @Test
    void aServerThatNeverTakesItsOwnSessionIsNotAskedForEver() {
        vcenter.faults()
                .inject(FaultRule.once("CreateContainerView", FaultKind.SOAP_FAULT)
                        .of("NotAuthenticated")
                        .times(100));

        assertThat(failed(list()).reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(vcenter.calls().of("Login")).hasSize(2);
        assertThat(vcenter.calls().of("CreateContainerView")).hasSize(2);
    }

    @Test
    void manyCallsShareOneLogin() {
        var all = IntStream.range(0, 20)
                .mapToObj(_ -> new ListVms(servers, noted).read(new ListVms.Parameters(null, null), context()))
                .toList();

        got(Uni.join().all(all).andCollectFailures()).forEach(VmwareToolTest::done);

        assertThat(vcenter.calls().of("Login")).hasSize(1);
        assertThat(vcenter.sessions()).isEqualTo(1);
    }

    @Test
    void theSessionIsEndedAtTheShutdown() {
        done(list());

        servers.close();

        assertThat(vcenter.sessions()).isZero();
    }

    @Test
    void aPinnedCertificateOfTheRightHostIsTrusted() {
        restart(tls("127.0.0.1"));
        connect(Bounds.of(vcenter.url(), passwordFile).pinned(vcenter.thumbprint()));

        done(list());
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedAlthoughPinned() {
        restart(tls("vcenter.example.com"));
        connect(Bounds.of(vcenter.url(), passwordFile).pinned(vcenter.thumbprint()));

        var result = refusedTls();

        assertThat(result.message()).contains("certificate isn't trusted", "127.0.0.1");
    }

    @Test
    void anotherThumbprintIsRefused() {
        restart(tls("127.0.0.1"));
        connect(Bounds.of(vcenter.url(), passwordFile).pinned("AB".repeat(32)));

        var result = refusedTls();

        assertThat(result.message()).contains(vcenter.thumbprint(), "infraai.vmware.thumbprint");
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() {
        restart(tls("127.0.0.1"));
        connect(Bounds.of(vcenter.url(), passwordFile));

        refusedTls();
    }

    @Test
    void aThumbprintThatIsNoneIsSaidToBe() {
        connect(Bounds.of(vcenter.url(), passwordFile).pinned("AB:CD"));

        assertThat(failed(list()).message()).contains("infraai.vmware.thumbprint wants a SHA-256");
    }

    @Test
    void aPasswordIsNotSentInTheClearToAnotherMachine() {
        var bounds = Bounds.of(vcenter.url(), passwordFile);
        connect(new Bounds(
                Optional.of(URI.create("http://192.0.2.1/sdk")),
                bounds.user(),
                bounds.passwordFile(),
                Optional.empty(),
                bounds.callTimeout(),
                Map.of()));

        assertThat(failed(list()).message()).contains("must be https");
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        vcenter.close();

        assertThat(failed(list()).reason()).isEqualTo(FailureReason.UNREACHABLE);
    }

    @Test
    void aServerThatNeverAnswersTimesOut() {
        done(list());
        vcenter.calls().clear();
        connect(Bounds.of(vcenter.url(), passwordFile).within(Duration.ofSeconds(2)));
        fault("CreateContainerView", FaultKind.HANG);

        timedOut();
    }

    @Test
    void anAnswerThatNeverEndsTimesOut() {
        done(list());
        vcenter.calls().clear();
        connect(Bounds.of(vcenter.url(), passwordFile).within(Duration.ofSeconds(2)));
        fault("CreateContainerView", FaultKind.STALL);

        timedOut();
    }

    @Test
    void aPageOfHtmlIsNoAnswer() {
        fault("CreateContainerView", FaultKind.HTML);

        timedOut();
    }

    @Test
    void aHugeAnswerIsNotRead() {
        fault("CreateContainerView", FaultKind.HUGE);

        assertThat(timedOut().message()).contains("more than 16 MB");
    }

    @Test
    void aDocumentTypeIsRefusedAndItsFileNotRead() throws IOException {
        fault("CreateContainerView", FaultKind.DOCTYPE);

        var result = timedOut();

        assertThat(result.message())
                .doesNotContain(Files.readString(Path.of("/etc/hostname")).strip());
    }

    @Test
    void aProxyWithoutServerIsTriedLaterAndNotAtOnce() {
        fault("CreateContainerView", FaultKind.ERROR_BEFORE);

        var result = timedOut();

        assertThat(result.message()).contains("HTTP 503");
    }

    @Test
    void aServerThatKeepsFailingIsNotAskedOnceTheBreakerIsOpen() {
        done(list());
        vcenter.calls().clear();
        vcenter.faults()
                .inject(FaultRule.once("CreateContainerView", FaultKind.ERROR_BEFORE)
                        .times(100));
        for (int i = 0; i < 5; i++) {
            failed(list());
        }

        var sixth = failed(list());

        assertThat(sixth.reason()).isEqualTo(FailureReason.HELD_BACK);
        assertThat(vcenter.calls().all()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void faultsThatAreTheCallersOwnDoNotOpenTheBreaker() {
        for (int i = 0; i < 10; i++) {
            vcenter.faults()
                    .inject(FaultRule.once("CreateContainerView", FaultKind.SOAP_FAULT)
                            .of("NoPermission"));
            assertThat(failed(list()).reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        }
    }

    @Test
    void theTaskIsNamedInEveryCall() {
        done(list());

        assertThat(vcenter.calls().all())
                .allSatisfy(call -> assertThat(call.task()).isEqualTo(context().correlationId()));
    }

    @Test
    void neitherTheSessionNorThePasswordIsPrinted() {
        done(list());

        var printed = new AtomicReference<String>();
        done(got(servers.result(new ListVms.Parameters(null, null), context(), server -> {
            printed.set(server.vim().in(String::valueOf));
            return new Done("printed");
        })));

        assertThat(printed.get())
                .contains("VimSession")
                .doesNotContain(PASSWORD)
                .doesNotContain("vmware_soap_session");
    }

    private Failed timedOut() {
        var begin = Instant.now();
        var result = failed(list());
        assertThat(result.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(result.message()).doesNotContain(PASSWORD);
        assertThat(vcenter.calls().of("CreateContainerView")).hasSize(1);
        return result;
    }

    private Failed refusedTls() {
        var result = failed(list());
        assertThat(result.reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(vcenter.calls().all()).isEmpty();
        return result;
    }

    private static VcenterConfig tls(String host) {
        return VcenterConfig.defaults("svc-infraai", PASSWORD).withTls(host);
    }

    private ToolResult list() {
        return got(new ListVms(servers, noted).read(new ListVms.Parameters(null, null), context()));
    }
}
