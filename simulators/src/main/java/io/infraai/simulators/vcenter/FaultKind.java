package io.infraai.simulators.vcenter;

/** The ways in which a call goes wrong. */
public enum FaultKind {
    /** The call waits, then is applied and answered. */
    LATENCY,
    /** Nothing is applied; the rule's HTTP status is answered without SOAP, as by a proxy. */
    ERROR_BEFORE,
    /** Nothing is applied; the rule's type is answered as a SOAP fault. */
    SOAP_FAULT,
    /** The connection is closed, nothing is applied. */
    LOST_REQUEST,
    /** The call is applied, then the connection is closed without an answer. */
    LOST_REPLY,
    /** Nothing is applied, nothing is ever answered. */
    HANG,
    /** Nothing is applied; the head of an answer is sent and its body never ends. */
    STALL,
    /** Nothing is applied; a page of HTML is answered with status 200. */
    HTML,
    /** Nothing is applied; an answer of 100 MB is begun. */
    HUGE,
    /** Nothing is applied; the answer declares a document type that names a file. */
    DOCTYPE
}
