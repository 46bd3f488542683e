package io.infraai.adapters.network;

/** Texts of strangers, as they may be kept and shown. */
final class Printable {

    private static final int MOST = 120;

    private Printable() {}

    /** The start of the text, with a dot for everything that isn't printable ASCII. */
    static String start(String text) {
        var shown = new StringBuilder(MOST);
        for (var i = 0; i < text.length() && shown.length() < MOST; i++) {
            var c = text.charAt(i);
            shown.append(c >= ' ' && c <= '~' ? c : '.');
        }
        return shown.toString().strip();
    }
}
