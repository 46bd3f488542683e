package io.infraai.engine.offline;

import java.util.regex.Pattern;

/** Texts of others, made harmless for Markdown. */
final class Cells {

    private static final int LONGEST = 160;
    private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\s]+");

    private Cells() {}

    /** In one line, without anything that Markdown would take for markup. */
    static String plain(String text) {
        var line = BLANK.matcher(text).replaceAll(" ").strip();
        var shown = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        return shown.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("[", "\\[")
                .replace("`", "'");
    }

    /** As code, on one line. */
    static String code(String text) {
        var plain =
                BLANK.matcher(text).replaceAll(" ").strip().replace('`', '\'').replace("|", "¦");
        return plain.isEmpty()
                ? ""
                : "`" + (plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…") + "`";
    }

    /** Lines as they are, in a block that nothing in them can end. */
    static String block(String lines) {
        var fence = "```";
        while (lines.contains(fence)) {
            fence += "`";
        }
        return fence + "text\n" + lines + "\n" + fence;
    }
}
