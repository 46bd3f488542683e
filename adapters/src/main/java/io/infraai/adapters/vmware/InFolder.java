package io.infraai.adapters.vmware;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.infraai.contracts.tool.Parameter;

/** The parameter that tells machines of one name apart. */
@Parameter(
        value = "The folder it is in, e.g. /DC0/vm/web; needed when several have the name",
        pattern = MachineName.PATTERN,
        optional = true)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface InFolder {}
