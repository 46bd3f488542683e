package io.infraai.contracts.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static io.infraai.contracts.identity.Permission.APPROVE;
import static io.infraai.contracts.identity.Permission.ARM_POLICIES;
import static io.infraai.contracts.identity.Permission.CALL_READING_TOOLS;
import static io.infraai.contracts.identity.Permission.MANAGE_KEYS;
import static io.infraai.contracts.identity.Permission.POST_ALERTS;
import static io.infraai.contracts.identity.Permission.READ;
import static io.infraai.contracts.identity.Permission.READ_AUDIT;
import static io.infraai.contracts.identity.Permission.RESUME;
import static io.infraai.contracts.identity.Permission.RETRY_TASKS;
import static io.infraai.contracts.identity.Permission.WRITE_POLICIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RoleTest {

    @Test
    void anAdminIsNoApprover() {
        assertThat(Role.ADMIN.permissions()).doesNotContain(APPROVE);
    }

    @Test
    void noRoleBothWritesOrArmsPoliciesAndApproves() {
        assertThat(Role.values())
                .filteredOn(role -> role.permissions().contains(APPROVE))
                .allSatisfy(role ->
                        assertThat(role.permissions()).doesNotContain(WRITE_POLICIES, ARM_POLICIES, MANAGE_KEYS));
    }

    @Test
    void whoOnlyLooksChangesNothing() {
        assertThat(Role.VIEWER.permissions()).containsExactlyInAnyOrder(READ, CALL_READING_TOOLS);
        assertThat(Role.AUDITOR.permissions()).containsExactlyInAnyOrder(READ, READ_AUDIT);
    }

    @Test
    void aKeyThatPostsAlertsDoesNothingElse() {
        assertThat(Role.INGEST.permissions()).containsExactly(POST_ALERTS);
    }

    @Test
    void anOperatorStopsThingsButStartsNothingAgain() {
        assertThat(Role.OPERATOR.permissions()).doesNotContain(RESUME, RETRY_TASKS, ARM_POLICIES, MANAGE_KEYS);
    }

    @Test
    void everyPermissionIsSomebodys() {
        var granted = EnumSet.noneOf(Permission.class);
        Arrays.stream(Role.values()).map(Role::permissions).forEach(granted::addAll);

        assertThat(granted).containsExactlyInAnyOrder(Permission.values());
    }

    @Test
    void whatARoleMayIsNotChangedThroughWhatItShows() {
        Role.VIEWER.permissions().add(APPROVE);

        assertThat(Role.VIEWER.permissions()).doesNotContain(APPROVE);
    }

    @Test
    void anActorMayWhatAnyOfItsRolesMay() {
        var actor = new Actor(TenantId.DEFAULT, "ada", Set.of(Role.INGEST, Role.AUDITOR));

        assertThat(Permission.values()).filteredOn(actor::may).containsExactlyInAnyOrder(POST_ALERTS, READ, READ_AUDIT);
    }

    @Test
    void anActorWithoutRolesMayNothing() {
        var nobody = new Actor(TenantId.DEFAULT, "nobody", Set.of());

        assertThat(Permission.values()).noneMatch(nobody::may);
    }

    @Test
    void everyRoleIsReadBackFromItsName() {
        for (var role : Role.values()) {
            assertThat(Role.of(role.wire())).isEqualTo(role);
        }
        assertThat(Role.ADMIN.wire()).isEqualTo("admin");
    }

    @Test
    void anUnknownRoleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Role.of("root"));
    }
}
