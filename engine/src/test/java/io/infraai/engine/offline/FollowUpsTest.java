package io.infraai.engine.offline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FollowUpsTest {

    private static final String WEB = "web-5d9c7b6f4d-abcde";

    @Test
    void itIsTheOnlyPodThatWasShownAsFailing() {
        var talk = new Talk(Shop.with(Shop.CRASHING));
        talk.says("which pods are failing in shop?");

        talk.says("restart it");

        assertThat(talk.calls()).containsExactly("restart_pod {\"pod_name\":\"" + WEB + "\",\"namespace\":\"shop\"}");
    }

    @Test
    void itIsAskedForWhenSeveralWereShown() {
        var talk = new Talk(Shop.with(Shop.CRASHING));
        talk.says("list pods in shop");

        var answer = talk.says("restart it");

        assertThat(talk.calls()).isEmpty();
        assertThat(answer).contains("Which one do you mean?", "pod " + WEB + " in shop", "pod db-0 in shop");
    }

    @Test
    void whatOnlyAnInvestigationPickedIsNotTakenForWhatIsMeant() {
        var talk = new Talk(Shop.with(Shop.THREE_FAULTS));
        talk.says("what's wrong in shop?");

        var answer = talk.says("restart it");

        assertThat(talk.calls()).isEmpty();
        assertThat(answer).contains("Which one do you mean?");
    }

    @Test
    void theFirstOneIsTheFirstThatTheAnswerShowed() {
        var talk = new Talk(Shop.with(Shop.CRASHING));
        talk.says("list pods in shop");

        talk.says("logs of the first one");

        assertThat(talk.calls()).containsExactly("pod_logs {\"pod_name\":\"" + WEB + "\",\"namespace\":\"shop\"}");
    }

    @Test
    void theSecondOneIsTheSecond() {
        var talk = new Talk(Shop.with(Shop.CRASHING));
        talk.says("list pods in shop");

        talk.says("restart the second one");

        assertThat(talk.calls()).containsExactly("restart_pod {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}");
    }

    @Test
    void itsLogsAreThoseOfWhatWasDescribed() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));
        talk.says("describe pod db-0 in shop");

        talk.says("and its logs");

        assertThat(talk.calls()).containsExactly("pod_logs {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}");
    }

    @Test
    void thatPodIsTheOneThatWasSpokenOf() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));
        talk.says("logs of db-0 in shop");

        talk.says("restart that pod");

        assertThat(talk.calls()).containsExactly("restart_pod {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}");
    }

    @Test
    void aNameThatWasSeenNeedsNoNamespace() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));
        talk.says("list pods in shop");

        talk.says("restart pod db-0");

        assertThat(talk.calls()).containsExactly("restart_pod {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}");
    }

    @Test
    void aPodOfUnknownPlaceIsLookedUpBeforeItIsRestarted() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));

        talk.says("restart pod db-0");

        assertThat(talk.calls())
                .containsExactly("list_pods {}", "restart_pod {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}");
    }

    @Test
    void bothPodsOfUnknownPlaceAreFoundWithOneLook() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));

        talk.says("restart pods db-0 and " + WEB);

        assertThat(talk.calls())
                .containsExactly(
                        "list_pods {}",
                        "restart_pod {\"pod_name\":\"db-0\",\"namespace\":\"shop\"}",
                        "restart_pod {\"pod_name\":\"" + WEB + "\",\"namespace\":\"shop\"}");
    }

    @Test
    void whatOnlyLooksLikeTheNameIsNotRestarted() {
        var talk = new Talk(Shop.with(Shop.CRASHING));

        var answer = talk.says("restart web in shop");

        assertThat(talk.calls()).containsExactly("list_pods {\"namespace\":\"shop\"}");
        assertThat(answer).contains("There is no pod `web` in shop", "deployment web in shop");
    }

    @Test
    void theLogOfADeploymentIsThatOfItsWorstPod() {
        var talk = new Talk(Shop.with(Shop.CRASHING));

        talk.says("logs of web in shop");

        assertThat(talk.calls())
                .containsExactly(
                        "list_pods {\"namespace\":\"shop\"}",
                        "pod_logs {\"pod_name\":\"" + WEB + "\",\"namespace\":\"shop\"}");
    }

    @Test
    void twoPodsOfOneNameAreAskedAbout() {
        var talk = new Talk(Shop.with("""
                {"truncated":false,"pods":[
                  {"namespace":"shop","name":"db-0","phase":"Running","ready":true,"restarts":0},
                  {"namespace":"test","name":"db-0","phase":"Running","ready":true,"restarts":0}]}"""));

        var answer = talk.says("restart pod db-0");

        assertThat(talk.calls()).containsExactly("list_pods {}");
        assertThat(answer).contains("pod db-0 in shop", "pod db-0 in test");
    }

    @Test
    void aListThatWasCutIsNotEnoughForAChange() {
        var talk = new Talk(Shop.with(Shop.HEALTHY.replace("\"truncated\":false", "\"truncated\":true")));

        talk.says("restart pod db-0");

        assertThat(talk.calls()).containsExactly("list_pods {}");
    }

    @Test
    void aMachineThatWasSeenIsRestartedAsAMachine() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));
        talk.says("list vms");

        talk.says("restart db-1");

        assertThat(talk.calls()).containsExactly("restart_vm {\"vm_name\":\"db-1\"}");
    }

    @Test
    void theAlertThatWasShownIsSilenced() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));
        talk.says("show active alerts");

        talk.says("silence it for 1h");

        assertThat(talk.calls())
                .singleElement()
                .asString()
                .contains("create_silence", "PodCrashLoop", "\"minutes\":60");
    }

    @Test
    void itIntroducesItselfOnceInAConversation() {
        var talk = new Talk(Shop.with(Shop.HEALTHY));

        assertThat(talk.says("list pods in shop")).contains("no language model");
        assertThat(talk.says("list pods in shop")).doesNotContain("no language model");
    }

    @Test
    void aFailureIsToldWithItsReasonAndANextStep() {
        var talk = new Talk(_ -> Talk.failed("UNREACHABLE", "The cluster doesn't answer"));

        assertThat(talk.says("list pods in shop"))
                .contains("The cluster doesn't answer", "whether the cluster can be reached");
    }

    @Test
    void aToolThatIsNotOfferedIsNamed() {
        var talk = new Talk(_ -> "", java.util.List.of());

        var answer = talk.says("list pods in shop");

        assertThat(answer).contains("`list_pods`", "Kubernetes");
    }

    @Test
    void whatWasCutOutOfAResultIsSaid() {
        var whole = Talk.done("2 pods", Shop.HEALTHY);
        var talk = new Talk(_ -> whole.substring(0, whole.length() - 40) + "…[cut, 900 characters in all]");

        assertThat(talk.says("list pods in shop"))
                .contains("web-5d9c7b6f4d-abcde", "This isn't all")
                .doesNotContain("db-0");
    }
}
