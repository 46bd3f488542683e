package io.infraai.contracts.tool;

import java.util.Optional;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.identity.TenantId;

/** Keeps what is too long to be handed on whole, for a week, to be read page by page. */
public interface Documents {

    /**
     * @param origin the tool it comes from
     * @return the id to read it by
     */
    Uni<String> keep(TenantId tenant, String origin, String text);

    /**
     * @param offset in characters
     * @return empty when there is no such document, or none any more
     */
    Uni<Optional<Page>> page(TenantId tenant, String id, int offset, int length);

    /**
     * @param total characters of the whole document
     */
    record Page(String text, int offset, int total) {}
}
