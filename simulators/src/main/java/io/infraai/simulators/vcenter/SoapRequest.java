package io.infraai.simulators.vcenter;

/**
 * A request off the wire.
 *
 * @param target the id of the object that is asked, {@code _this}
 */
record SoapRequest(String operation, String target, Markup body) {

    static SoapRequest parse(String text) {
        var operation = Markup.parse(text)
                .child("Body")
                .flatMap(body -> body.children().stream().findFirst())
                .orElseThrow(() -> new SoapFault("InvalidRequest", "There is no operation in the body"));
        return new SoapRequest(operation.name(), operation.textOf("_this"), operation);
    }
}
