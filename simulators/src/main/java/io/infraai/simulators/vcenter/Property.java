package io.infraai.simulators.vcenter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** A property's value as it goes over the wire; one that isn't set has none. */
record Property(String type, String attributes, String xml) {

    Property(String type, String xml) {
        this(type, "", xml);
    }

    static Property text(String value) {
        return new Property("xsd:string", Markup.escape(value));
    }

    static Property number(long value) {
        return new Property("xsd:long", Long.toString(value));
    }

    static Property flag(boolean value) {
        return new Property("xsd:boolean", Boolean.toString(value));
    }

    static Property word(String enumeration, String value) {
        return new Property(enumeration, value);
    }

    static Property reference(String type, String id) {
        return new Property("ManagedObjectReference", " type=\"" + type + "\"", Markup.escape(id));
    }

    String as(String element) {
        return "<%1$s%2$s xsi:type=\"%3$s\">%4$s</%1$s>".formatted(element, attributes, type, xml);
    }

    /** The properties of one object at one moment, by path. */
    static final class Sheet {

        private final Map<String, Optional<Property>> values = new TreeMap<>();

        Sheet with(String path, Property value) {
            values.put(path, Optional.of(value));
            return this;
        }

        Sheet withTime(String path, @Nullable Instant time) {
            values.put(path, Optional.ofNullable(time).map(set -> new Property("xsd:dateTime", set.toString())));
            return this;
        }

        Sheet with(String path, Optional<Property> value) {
            values.put(path, value);
            return this;
        }

        /** @throws SoapFault when objects of its type have no such property */
        Optional<Property> at(String path) {
            var value = values.get(path);
            if (value == null) {
                throw new SoapFault("InvalidProperty", "There is no property " + path);
            }
            return value;
        }
    }
}
