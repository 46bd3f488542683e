package io.infraai.adapters.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.Service;

/** Recognises TLS by the certificate that is shown; the handshake ends there, so nothing is ever sent within it. */
final class Certificates {

    private static final int DNS_NAME = 2;
    private static final int MOST_NAMES = 5;

    private Certificates() {}

    static Optional<Service> service(Socket socket, InetAddress address, int port) {
        var shown = new AtomicReference<@Nullable X509Certificate>();
        try (var tls = (SSLSocket) context(new TrustsNobody(shown))
                .getSocketFactory()
                .createSocket(socket, address.getHostAddress(), port, true)) {
            tls.startHandshake();
        } catch (IOException _) {
            // as intended: no certificate is good enough
        }
        return Optional.ofNullable(shown.get())
                .map(certificate -> new Service(port, "tls", null, Printable.start(names(certificate))));
    }

    private static SSLContext context(TrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("Every JDK speaks TLS", e);
        }
    }

    private static String names(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        var others = dnsNames(certificate);
        return others.isEmpty() ? subject : subject + "; " + others;
    }

    private static String dnsNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .filter(name -> name.getFirst() instanceof Integer kind && kind == DNS_NAME)
                            .limit(MOST_NAMES)
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.joining(", "));
        } catch (CertificateParsingException _) {
            return "";
        }
    }

    /** Keeps the certificate and refuses it. */
    private static final class TrustsNobody extends X509ExtendedTrustManager {

        private final AtomicReference<@Nullable X509Certificate> shown;

        TrustsNobody(AtomicReference<@Nullable X509Certificate> shown) {
            this.shown = shown;
        }

        private void refuse(X509Certificate[] chain) throws CertificateException {
            shown.set(chain[0]);
            throw new CertificateException("Only looking");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            refuse(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("There are no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("There are no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("There are no clients here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
