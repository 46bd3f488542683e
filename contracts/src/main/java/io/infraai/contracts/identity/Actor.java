package io.infraai.contracts.identity;

import java.util.Set;

/**
 * Who asks for something, once authenticated.
 *
 * @param subject the key's or user's name, fit for logs and journals: never a secret
 */
public record Actor(TenantId tenant, String subject, Set<Role> roles) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permissions().contains(permission));
    }
}
