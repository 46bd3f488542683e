package io.infraai.contracts.policy;

/** Alertmanager's matchers. Patterns are RE2 and anchored at both ends. */
public enum MatchOperator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String symbol;

    MatchOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
