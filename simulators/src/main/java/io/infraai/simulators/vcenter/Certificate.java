package io.infraai.simulators.vcenter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.vertx.core.buffer.Buffer;

/**
 * A key and a certificate signed with it, made by the JDK's own tool since the JDK has no API for that.
 *
 * @param store PKCS #12
 * @param thumbprint SHA-256 in upper-case hex, bytes apart by colons, as a vCenter shows it
 */
record Certificate(Buffer store, String storePassword, String thumbprint) {

    /** @throws IllegalStateException when the tool can't make it */
    static Certificate of(String host) {
        var password = UUID.randomUUID().toString();
        try {
            var directory = Files.createTempDirectory("simulated-vcenter");
            var file = directory.resolve("key.p12");
            try {
                make(host, password, file);
                var store = KeyStore.getInstance(file.toFile(), password.toCharArray());
                return new Certificate(
                        Buffer.buffer(Files.readAllBytes(file)),
                        password,
                        thumbprint(store.getCertificate("vcenter").getEncoded()));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No certificate can be made for " + host, e);
        }
    }

    private static String thumbprint(byte[] encoded) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(encoded);
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    private static void make(String host, String password, Path file) throws IOException {
        var address = host.matches("[0-9.]+") ? "ip:" : "dns:";
        var tool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "vcenter",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=" + address + host,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass:env",
                        "STORE_PASSWORD"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        tool.environment().put("STORE_PASSWORD", password);
        var running = tool.start();
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IOException("keytool made no key");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }
}
