package io.infraai.adapters.vmware;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** One element of an answer, and how text becomes part of a request. */
record Xml(Element element) {

    private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

    /** Document types are refused, and with them every entity of the server's. Empty when it isn't XML. */
    static Optional<Xml> parse(byte[] document) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            // the default one prints what the server sent
            builder.setErrorHandler(null);
            return Optional.of(
                    new Xml(builder.parse(new ByteArrayInputStream(document)).getDocumentElement()));
        } catch (SAXException | IOException _) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's own XML parser lacks a feature it has", e);
        }
    }

    String name() {
        return element.getLocalName();
    }

    String text() {
        return element.getTextContent().strip();
    }

    /** Its {@code xsi:type} without the prefix, which is the server's choice. */
    Optional<String> type() {
        var type = element.getAttributeNS(XSI, "type");
        return type.isEmpty() ? Optional.empty() : Optional.of(type.substring(type.indexOf(':') + 1));
    }

    /** Of a managed object reference: the type of the object. */
    String referenced() {
        return element.getAttribute("type");
    }

    List<Xml> children() {
        var found = new ArrayList<Xml>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                found.add(new Xml(child));
            }
        }
        return found;
    }

    List<Xml> children(String name) {
        return children().stream().filter(child -> child.name().equals(name)).toList();
    }

    Optional<Xml> child(String name) {
        return children(name).stream().findFirst();
    }

    /** The text of a child; empty when there is none. */
    String textOf(String name) {
        return child(name).map(Xml::text).orElse("");
    }

    /** Characters that XML has no way to write become a replacement character. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(writable(point) ? point : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    static String element(String name, String text) {
        return "<" + name + ">" + escape(text) + "</" + name + ">";
    }

    static String reference(String name, String type, String id) {
        return "<" + name + " type=\"" + type + "\">" + escape(id) + "</" + name + ">";
    }

    private static boolean writable(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
