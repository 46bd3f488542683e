package io.infraai.gateway.request;

import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;

/** The query parameters of a request, of which unknown ones are refused: a misspelt filter would show everything. */
public final class Query {

    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final MultivaluedMap<String, String> parameters;

    private Query(MultivaluedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * @throws ProblemException for a parameter that isn't named here
     */
    public static Query of(UriInfo request, Set<String> known) {
        var parameters = request.getQueryParameters();
        for (var name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw invalid("There is no parameter '" + Texts.start(name, 80) + "'");
            }
        }
        return new Query(parameters);
    }

    public Iterable<String> all(String name) {
        var values = parameters.get(name);
        return values == null ? Set.of() : values.stream().map(Query::storable).toList();
    }

    public Optional<String> one(String name) {
        var values = parameters.get(name);
        if (values == null) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw invalid("Give '" + name + "' once");
        }
        return Optional.of(storable(values.getFirst()));
    }

    /** How many items a page may have. */
    public int limit() {
        var text = one("limit");
        if (text.isEmpty()) {
            return USUAL;
        }
        try {
            var limit = Long.parseLong(text.get());
            if (limit < 1) {
                throw invalid("'limit' must be between 1 and " + MOST);
            }
            return (int) Math.min(limit, MOST);
        } catch (NumberFormatException _) {
            throw invalid("'limit' must be a number between 1 and " + MOST);
        }
    }

    public static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.INVALID_PARAMETER, detail);
    }

    private static String storable(String value) {
        if (!Texts.storable(value)) {
            throw invalid("A parameter holds U+0000 or half a surrogate pair");
        }
        return value;
    }
}
