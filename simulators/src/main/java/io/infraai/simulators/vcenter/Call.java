package io.infraai.simulators.vcenter;

import java.util.List;
import java.util.Optional;

/**
 * A call as the server saw it.
 *
 * @param number counts calls from 1 in the order of their arrival
 * @param operation such as {@code PowerOnVM_Task}; {@code GET} and the like for what is no SOAP
 * @param object the id it was asked of
 * @param task the task it was made for, from {@code infraai-task/<id>} in the user agent; empty when there is none
 * @param status the HTTP status answered; 0 when nothing was
 * @param fault the type of the SOAP fault answered; empty when there was none
 * @param struck the injected fault that struck it
 * @param effects what it changed, in order
 */
public record Call(
        long number,
        String operation,
        String object,
        String task,
        int status,
        String fault,
        Optional<FaultKind> struck,
        List<Effect> effects) {

    public Call {
        effects = List.copyOf(effects);
    }
}
