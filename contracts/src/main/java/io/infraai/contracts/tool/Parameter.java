package io.infraai.contracts.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes and narrows one component of a tool's parameter record; becomes part of its JSON schema. On an annotation it
 * describes every component that carries that one, for parameters that several tools share.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Parameter {

    /** The name of a namespace or container: RFC 1123 label. */
    String DNS_LABEL = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

    /** The name of most Kubernetes objects: RFC 1123 subdomain. */
    String DNS_SUBDOMAIN = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";

    String value();

    /** An RE2-compatible pattern that the whole text must match. */
    String pattern() default "";

    int maxLength() default 253;

    long min() default Long.MIN_VALUE;

    long max() default Long.MAX_VALUE;

    /** May be left out; what it means then is said in the description, and a default is put in by the record. */
    boolean optional() default false;

    /** What stands in for it when it is left out, also in {@link ToolSpec#target()}. */
    String defaultValue() default "";
}
