package io.infraai.standalone.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key and a certificate that signs itself.
 *
 * @param certificate as PEM, like the key
 */
record Certificate(Path certificate, Path key) {

    private static final char[] STORE = "changeit".toCharArray();

    /** @param subject whom it vouches for, as in {@code ip:127.0.0.1} or {@code dns:localhost} */
    static Certificate issue(Path directory, String name, String subject)
            throws IOException, GeneralSecurityException, InterruptedException {
        var store = Files.createDirectories(directory).resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + subject,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var keys = KeyStore.getInstance(store.toFile(), STORE);
        return new Certificate(
                pem(
                        directory.resolve(name + ".crt"),
                        "CERTIFICATE",
                        keys.getCertificate(name).getEncoded()),
                pem(
                        directory.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey(name, STORE).getEncoded()));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        var encoded = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + encoded + "\n-----END " + kind + "-----\n");
    }
}
