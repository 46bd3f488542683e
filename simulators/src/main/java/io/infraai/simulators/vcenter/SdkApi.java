package io.infraai.simulators.vcenter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Takes requests off the wire, lets faults strike them, and sends the answers. */
final class SdkApi {

    private record Answer(int status, String body, String cookie) {}

    private static final Pattern COOKIE = Pattern.compile("vmware_soap_session=\"?([^\";]+)");
    private static final int HUNDRED_MEGABYTES = 100 << 20;

    private final Vertx vertx;
    private final Inventory inventory;
    private final Operations operations;
    private final CallLog calls;
    private final Faults faults;

    SdkApi(Vertx vertx, Inventory inventory, Operations operations, CallLog calls, Faults faults) {
        this.vertx = vertx;
        this.inventory = inventory;
        this.operations = operations;
        this.calls = calls;
        this.faults = faults;
    }

    void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> take(request, body.toString()));
    }

    private void take(HttpServerRequest http, String body) {
        if (!http.path().equals("/sdk") || !http.method().name().equals("POST")) {
            calls.open(http.method().name(), http.path(), http.getHeader("User-Agent"))
                    .answered(404);
            http.response().setStatusCode(404).end();
            return;
        }
        try {
            serve(http, SoapRequest.parse(body));
        } catch (SoapFault unparsable) {
            send(http, calls.open("unparsable", "", null), faulty(unparsable));
        }
    }

    private void serve(HttpServerRequest http, SoapRequest request) {
        var call = calls.open(request.operation(), request.target(), http.getHeader("User-Agent"));
        var struck = faults.strike(request.operation());
        if (struck.isEmpty()) {
            send(http, call, outcome(http, request, call));
            return;
        }
        var rule = struck.get();
        call.struck(rule.kind());
        switch (rule.kind()) {
            case LATENCY ->
                vertx.setTimer(
                        Math.max(1, rule.delay().toMillis()), _ -> send(http, call, outcome(http, request, call)));
            case ERROR_BEFORE -> send(http, call, new Answer(rule.status(), "upstream connect error", ""));
            case SOAP_FAULT -> {
                call.refused(rule.type());
                send(http, call, faulty(new SoapFault(rule.type(), "Injected")));
            }
            case LOST_REQUEST -> http.connection().close();
            case LOST_REPLY -> {
                outcome(http, request, call);
                http.connection().close();
            }
            case HANG -> {}
            case STALL -> http.response().putHeader("Content-Length", "1000").write("<");
            case HTML -> send(http, call, new Answer(200, "<html><body><p>Please sign in<br></body></html>", ""));
            case HUGE ->
                http.response()
                        .putHeader("Content-Length", Integer.toString(HUNDRED_MEGABYTES))
                        .write(Buffer.buffer(new byte[20 << 20]));
            case DOCTYPE ->
                send(
                        http,
                        call,
                        new Answer(200, "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><e>&x;</e>", ""));
        }
    }

    private Answer outcome(HttpServerRequest http, SoapRequest request, OpenCall call) {
        try {
            synchronized (inventory) {
                var said = operations.answer(request, session(http), call);
                var operation = request.operation();
                return new Answer(
                        200,
                        enveloped("<%1$sResponse xmlns=\"urn:vim25\">%2$s</%1$sResponse>"
                                .formatted(operation, said.xml())),
                        said.cookie());
            }
        } catch (SoapFault fault) {
            call.refused(fault.type());
            return faulty(fault);
        }
    }

    private static String session(HttpServerRequest http) {
        return Optional.ofNullable(http.getHeader("Cookie"))
                .map(COOKIE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse("");
    }

    private static Answer faulty(SoapFault fault) {
        return new Answer(
                500, enveloped("""
                        <soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>%s</faultstring><detail>\
                        <%2$sFault xmlns="urn:vim25" xsi:type="%2$s"></%2$sFault></detail></soapenv:Fault>""".formatted(Markup.escape(String.valueOf(fault.getMessage())), fault.type())), "");
    }

    private static String enveloped(String xml) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <soapenv:Body>
                %s
                </soapenv:Body>
                </soapenv:Envelope>""".formatted(xml);
    }

    private static void send(HttpServerRequest http, OpenCall call, Answer answer) {
        // recorded first: whoever has the answer finds it in the log
        call.answered(answer.status());
        var response = http.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", "text/xml; charset=utf-8");
        if (!answer.cookie().isEmpty()) {
            response.putHeader(
                    "Set-Cookie", "vmware_soap_session=\"" + answer.cookie() + "\"; Path=/; HttpOnly; Secure;");
        }
        response.end(answer.body());
    }
}
