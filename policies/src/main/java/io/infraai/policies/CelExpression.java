package io.infraai.policies;

import java.time.Instant;
import java.util.Map;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import io.infraai.contracts.alert.Alert;

/** A compiled expression of the Common Expression Language; safe for many threads. */
final class CelExpression {

    static final int LONGEST = 2_048;

    private final CelRuntime.Program program;
    private final boolean namesStatus;

    private CelExpression(CelRuntime.Program program, boolean namesStatus) {
        this.program = program;
        this.namesStatus = namesStatus;
    }

    /**
     * @throws IllegalArgumentException with the compiler's first complaint, also when it yields no boolean
     */
    static CelExpression compile(String written) {
        if (written.length() > LONGEST) {
            throw new IllegalArgumentException("longer than " + LONGEST + " characters");
        }
        var checked = Language.COMPILER.compile(written);
        if (checked.hasError()) {
            var first = checked.getErrors().getFirst();
            throw new IllegalArgumentException(
                    "column " + (first.getSourceLocation().getColumn() + 1) + ": " + first.getMessage());
        }
        try {
            var ast = checked.getAst();
            boolean namesStatus = ast.getReferenceMap().values().stream()
                    .anyMatch(reference -> reference.name().equals("status"));
            return new CelExpression(Language.RUNTIME.createProgram(ast), namesStatus);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Whether the author spoke of the alert's status in it. */
    boolean namesStatus() {
        return namesStatus;
    }

    /**
     * @throws CelEvaluationException when it names a label that the alert lacks, or exceeds its budget
     */
    boolean evaluate(Alert alert, Instant now) throws CelEvaluationException {
        return Boolean.TRUE.equals(program.eval(Map.of(
                "labels", alert.labels(),
                "annotations", alert.annotations(),
                "status", alert.status().wire(),
                "starts_at", alert.startsAt(),
                "now", now)));
    }

    /**
     * @param failed what an expression that can't be evaluated counts as
     */
    boolean holds(Alert alert, Instant now, boolean failed) {
        try {
            return evaluate(alert, now);
        } catch (CelEvaluationException _) {
            return failed;
        }
    }

    /** Made when the first expression is, since most policies have none and it takes a while. */
    private static final class Language {

        private static final CelOptions OPTIONS = CelOptions.current()
                .evaluateCanonicalTypesToNativeValues(true)
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(32)
                .comprehensionMaxIterations(1_000)
                .maxRegexProgramSize(2_000)
                .build();

        private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("labels", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addVar("annotations", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .addVar("status", SimpleType.STRING)
                .addVar("starts_at", SimpleType.TIMESTAMP)
                .addVar("now", SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL)
                .build();

        private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .build();
    }
}
