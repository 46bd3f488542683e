package io.infraai.adapters.vmware;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Trusts one certificate, whoever signed it. That it names the host is checked by the JDK beside it. */
final class PinnedCertificate implements X509TrustManager {

    private final byte[] pin;
    private final String key;

    /**
     * @param key where the thumbprint was said, for messages
     * @throws IllegalArgumentException when it is no SHA-256 in hex
     */
    PinnedCertificate(String thumbprint, String key) {
        var hex = thumbprint.replace(":", "").strip().toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(key + " wants a SHA-256, 64 hex digits");
        }
        this.key = key;
        this.pin = HexFormat.of().parseHex(hex);
    }

    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (!MessageDigest.isEqual(pin, digest(chain[0]))) {
            throw new CertificateException("its thumbprint is "
                    + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest(chain[0]))
                    + ", not that of " + key);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Nobody is served here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static byte[] digest(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("it can't be digested", e);
        }
    }
}
