package io.infraai.adapters.vmware;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.infraai.contracts.tool.Parameter;

/** The parameter that names a virtual machine. */
@Parameter(value = "The virtual machine's name", pattern = MachineName.PATTERN, maxLength = MachineName.LONGEST)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface VmName {}
