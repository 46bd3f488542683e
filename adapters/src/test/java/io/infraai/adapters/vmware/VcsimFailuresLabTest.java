package io.infraai.adapters.vmware;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.adapters.vmware.VmwareToolTest.done;
import static io.infraai.adapters.vmware.VmwareToolTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** How tools fail at a vCenter that somebody else wrote. */
@Tag("lab")
class VcsimFailuresLabTest extends VcsimTest {

    @Test
    void aWrongPasswordIsTriedOnceAndNeverTold() throws IOException {
        Files.writeString(passwordFile, "wrong-word");

        for (int i = 0; i < 2; i++) {
            var result = failed(listed(null));
            assertThat(result.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
            assertThat(result.message())
                    .contains("infraai.vmware.password-file")
                    .doesNotContain("wrong-word")
                    .doesNotContain(VmwareToolTest.PASSWORD);
        }
        assertThat(vcsim.asked("Login")).isEqualTo(1);
    }

    @Test
    void aSessionThatHasEndedIsRenewedOnce() {
        done(listed(null));
        forgetSession();

        assertThat(done(listed(null)).detail().path("vms")).hasSize(4);
        assertThat(vcsim.asked("Login")).isEqualTo(2);
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() {
        connect(Bounds.of(vcsim.url(), passwordFile));

        refusedTls();
    }

    @Test
    void anotherThumbprintIsRefused() {
        connect(Bounds.of(vcsim.url(), passwordFile).pinned("AB".repeat(32)));

        assertThat(refusedTls().message()).contains("infraai.vmware.thumbprint");
    }

    @Test
    void aCertificateOfAnotherNameIsRefusedAlthoughPinned() {
        connect(Bounds.of(vcsim.urlOfAnotherName(), passwordFile).pinned(vcsim.thumbprint()));

        assertThat(refusedTls().message()).contains("certificate isn't trusted", "localhost");
    }

    @Test
    void aProxyWithoutItsServerIsToldAsSuch() {
        vcsim.answerOnceWith(503);

        var result = failed(listed(null));

        assertThat(result.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(result.message()).contains("HTTP 503");
        done(listed(null));
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        done(listed(null));
        vcsim.close();

        assertThat(failed(listed(null)).reason()).isEqualTo(FailureReason.UNREACHABLE);
    }

    private Failed refusedTls() {
        var result = failed(listed(null));
        assertThat(result.reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(vcsim.asked("Login")).isZero();
        return result;
    }
}
