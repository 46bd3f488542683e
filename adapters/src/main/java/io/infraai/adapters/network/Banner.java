package io.infraai.adapters.network;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.Service;

/** Recognises those that speak first. */
final class Banner {

    private static final int MYSQL_HEADER = 4;
    private static final int MYSQL_PROTOCOL = 10;

    private Banner() {}

    static Service service(int port, byte[] bytes) {
        var mysql = mysql(bytes);
        if (mysql != null) {
            return new Service(port, "mysql", mysql, null);
        }
        var line = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        var said = Printable.start(line);
        if (line.startsWith("SSH-")) {
            return new Service(port, "ssh", sshProduct(said), null);
        }
        if (line.startsWith("RFB ")) {
            return new Service(port, "vnc", null, said);
        }
        if (line.startsWith("+OK")) {
            return new Service(port, "pop3", null, said);
        }
        if (line.startsWith("* OK")) {
            return new Service(port, "imap", null, said);
        }
        if (line.startsWith("220")) {
            var protocol = line.toUpperCase(Locale.ROOT).contains("FTP") ? "ftp" : "smtp";
            return new Service(port, protocol, null, said);
        }
        return new Service(port, "tcp", null, said.isEmpty() ? "says something that isn't text" : said);
    }

    /** Behind the protocol's version: {@code SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13}. */
    private static @Nullable String sshProduct(String said) {
        var parts = said.split("-", 3);
        return parts.length == 3 && !parts[2].isEmpty() ? parts[2] : null;
    }

    /** The version in a server's greeting: length, number 0, protocol 10, text, 0. */
    private static @Nullable String mysql(byte[] bytes) {
        if (bytes.length <= MYSQL_HEADER + 1 || bytes[3] != 0 || bytes[MYSQL_HEADER] != MYSQL_PROTOCOL) {
            return null;
        }
        var start = MYSQL_HEADER + 1;
        var end = start;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return Printable.start(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
    }
}
