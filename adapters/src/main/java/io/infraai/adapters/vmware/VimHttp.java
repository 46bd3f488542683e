package io.infraai.adapters.vmware;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

import static io.infraai.contracts.tool.FailureReason.NOT_PERMITTED;
import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;
import static io.infraai.contracts.tool.FailureReason.UNREACHABLE;

/** Sends envelopes and takes answers. Blocks; no request is ever sent twice. */
final class VimHttp implements AutoCloseable {

    /**
     * What was answered.
     *
     * @param cookie of the session; empty when the answer sets none
     */
    record Reply(Xml operation, String cookie) {}

    private static final Pattern COOKIE = Pattern.compile("(vmware_soap_session=[^;]+)");
    private static final int LONGEST_ANSWER = 16 << 20;

    private final URI url;
    private final ServerSettings settings;
    private final HttpClient client;

    VimHttp(URI url, Duration connectTimeout, ServerSettings settings) {
        this.url = url;
        this.settings = settings;
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(connectTimeout);
        settings.access()
                .thumbprint()
                .map(pin -> new PinnedCertificate(pin, settings.key("thumbprint")))
                .ifPresent(pinned -> builder.sslContext(pinned.context()));
        this.client = builder.build();
    }

    /**
     * @param action the SOAP action: which version of the API is spoken
     * @param arguments of the operation, as XML
     * @throws VimFailure when there is a fault or no usable answer
     */
    Reply post(String operation, String action, String cookie, String arguments) {
        var left = VmwareCalls.timeLeft();
        if (!left.isPositive()) {
            throw VimFailure.of(UNREACHABLE, "No time was left to send " + operation);
        }
        var request = HttpRequest.newBuilder(url)
                .timeout(left)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"" + action + "\"")
                .header("User-Agent", "infraai-task/" + VmwareCalls.task())
                .POST(BodyPublishers.ofString(enveloped(operation, arguments)));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return read(operation, sent(operation, request.build(), left));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<byte[]> sent(String operation, HttpRequest request, Duration left) {
        var end = System.nanoTime() + left.toNanos();
        try {
            return client.send(
                    request, _ -> new BoundedBody(LONGEST_ANSWER, Duration.ofNanos(end - System.nanoTime())));
        } catch (IOException e) {
            throw unanswered(operation, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw VimFailure.of(TIMED_OUT, "Interrupted while waiting for the answer to " + operation);
        }
    }

    private Reply read(String operation, HttpResponse<byte[]> response) {
        var first = Xml.parse(response.body())
                .filter(envelope -> envelope.name().equals("Envelope"))
                .flatMap(envelope -> envelope.child("Body"))
                .flatMap(body -> body.children().stream().findFirst());
        if (first.isEmpty()) {
            throw noSoap(operation, response.statusCode());
        }
        var answer = first.get();
        if (answer.name().equals("Fault")) {
            throw fault(operation, answer);
        }
        if (response.statusCode() != 200 || !answer.name().equals(operation + "Response")) {
            throw noSoap(operation, response.statusCode());
        }
        var cookie = response.headers().allValues("Set-Cookie").stream()
                .map(COOKIE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
        return new Reply(answer, cookie);
    }

    private static VimFailure fault(String operation, Xml fault) {
        var type = fault.child("detail")
                .flatMap(detail -> detail.children().stream().findFirst())
                .map(first -> first.type().orElseGet(() -> first.name().replaceFirst("Fault$", "")))
                .orElse("a fault without a type");
        return VimFailure.fault(type, fault.textOf("faultstring"), operation);
    }

    private VimFailure noSoap(String operation, int status) {
        var said = "The VMware server answered " + operation + " with HTTP " + status;
        return switch (status) {
            case 401, 403 -> VimFailure.of(NOT_PERMITTED, said);
            case 429 -> VimFailure.of(REFUSED_FOR_NOW, said);
            case 404, 301, 302, 307, 308 ->
                VimFailure.ofServer(UNREACHABLE, said + ": " + settings.key("url") + " doesn't lead to its /sdk");
            // a proxy that fails may have passed the request on before
            default -> VimFailure.ofServer(TIMED_OUT, said + " and without SOAP");
        };
    }

    private static VimFailure unanswered(String operation, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ConnectException _, HttpConnectTimeoutException _ -> {
                    return VimFailure.ofServer(UNREACHABLE, "The VMware server can't be reached");
                }
                case CertificateException certificate -> {
                    return VimFailure.ofServer(
                            UNREACHABLE, "The VMware server's certificate isn't trusted: " + certificate.getMessage());
                }
                case BoundedBody.TooLong tooLong -> {
                    return VimFailure.ofServer(
                            TIMED_OUT, "The VMware server answered " + operation + " with " + tooLong.getMessage());
                }
                default -> {}
            }
        }
        return failure instanceof SSLException
                ? VimFailure.ofServer(UNREACHABLE, "TLS with the VMware server failed")
                : VimFailure.ofServer(TIMED_OUT, "The VMware server gave no answer to " + operation);
    }

    private static String enveloped(String operation, String arguments) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body>\
                <%1$s xmlns="urn:vim25">%2$s</%1$s></e:Body></e:Envelope>""".formatted(operation, arguments);
    }
}
