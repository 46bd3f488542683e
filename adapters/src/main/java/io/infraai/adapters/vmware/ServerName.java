package io.infraai.adapters.vmware;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.infraai.contracts.tool.Parameter;

/** The parameter that says which VMware server is meant. */
@Parameter(
        value = "The VMware server's name in InfraAI's configuration",
        pattern = Parameter.DNS_LABEL,
        maxLength = 63,
        optional = true,
        defaultValue = Servers.DEFAULT)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ServerName {}
