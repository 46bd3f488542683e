package io.infraai.simulators.vcenter;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** One element of a request, and how text becomes part of an answer. */
record Markup(Element dom) {

    /** @throws SoapFault when it isn't XML */
    static Markup parse(String text) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Markup(
                    builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new SoapFault("InvalidRequest", "Unparsable: " + e.getMessage());
        }
    }

    String name() {
        return dom.getLocalName();
    }

    String text() {
        return dom.getTextContent();
    }

    String attribute(String name) {
        return dom.getAttribute(name);
    }

    List<Markup> children() {
        var found = new ArrayList<Markup>();
        for (var node = dom.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(new Markup(element));
            }
        }
        return found;
    }

    List<Markup> children(String name) {
        return children().stream().filter(child -> child.name().equals(name)).toList();
    }

    Optional<Markup> child(String name) {
        return children(name).stream().findFirst();
    }

    String textOf(String name) {
        return child(name).map(Markup::text).orElse("");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String reference(String element, String type, String id) {
        return "<%1$s type=\"%2$s\">%3$s</%1$s>".formatted(element, type, escape(id));
    }
}
