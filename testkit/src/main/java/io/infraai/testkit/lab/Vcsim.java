package io.infraai.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** govmomi's simulator of a vCenter or a lone ESXi host, as {@code lab/vcsim.sh} builds it. */
public final class Vcsim implements AutoCloseable {

    /** A machine of a vCenter; it is on, and its guest runs no tools. */
    public static final String MACHINE = "DC0_H0_VM0";

    public static final String USER = "svc-infraai";

    private static final String PROGRAM = "lab-vcsim";

    /** What it may not do is prove who it is: that is what its users are tested for. */
    private static final SSLContext TRUSTING = trusting();

    private final RealPeer peer;
    private final String scheme;
    private final int port;
    private final Path log;

    private Vcsim(RealPeer peer, String scheme, int port, Path log) {
        this.peer = peer;
        this.scheme = scheme;
        this.port = port;
        this.log = log;
    }

    public static void assumeInstalled() {
        RealPeer.assumeInstalled(PROGRAM);
    }

    /**
     * @param home where it runs
     * @param options besides where it listens and who may log in, such as {@code -esx}
     */
    public static Vcsim start(Path home, Path passwordFile, String... options) {
        var port = RealPeer.freePort();
        var arguments = new ArrayList<>(List.of(
                "-l",
                "127.0.0.1:" + port,
                "-username",
                USER,
                "-password-file",
                passwordFile.toAbsolutePath().toString(),
                "-trace"));
        arguments.addAll(List.of(options));
        var scheme = arguments.contains("-plain-http") ? "http" : "https";
        var log = home.resolve(PROGRAM + ".log");
        var vcsim = new Vcsim(RealPeer.start(home, PROGRAM, port, arguments), scheme, port, log);
        // it says where it listens once it does
        vcsim.peer.readyWhen(() -> Files.readString(log).contains("/sdk"));
        return vcsim;
    }

    public String url() {
        return scheme + "://127.0.0.1:" + port + "/sdk";
    }

    /** By a name that its certificate doesn't hold. */
    public String urlOfAnotherName() {
        return scheme + "://localhost:" + port + "/sdk";
    }

    /** How often it was asked for an operation. */
    public int asked(String operation) {
        try {
            return (int) Pattern.compile("<" + operation + " xmlns")
                    .matcher(Files.readString(log))
                    .results()
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the next call be answered with a bare HTTP status. */
    public void answerOnceWith(int status) {
        try (var http = HttpClient.newBuilder().sslContext(TRUSTING).build()) {
            var uri = URI.create(scheme + "://127.0.0.1:" + port + "/lab/status-once?code=" + status);
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of its certificate in hex. */
    public String thumbprint() {
        try (var socket = (SSLSocket) TRUSTING.getSocketFactory().createSocket("127.0.0.1", port)) {
            var certificate = socket.getSession().getPeerCertificates()[0];
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        peer.close();
    }

    private static SSLContext trusting() {
        var everybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {
                // nobody is a client of this
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                // whoever it is
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {everybody}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
