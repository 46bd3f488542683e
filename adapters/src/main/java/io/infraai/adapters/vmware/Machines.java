package io.infraai.adapters.vmware;

import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;

/** Finds machines by name, and again by identity. Blocks. */
final class Machines {

    private record Place(VimObject machine, String folder) {}

    private final Vim vim;

    Machines(Vim vim) {
        this.vim = vim;
    }

    /** @throws VimFailure when there is none, or more than one */
    VimObject find(MachineName wanted) {
        return vim.in(session -> find(session, wanted));
    }

    MachineIdentity identify(MachineName wanted) {
        return vim.in(session -> {
            var asOf = session.now();
            return MachineIdentity.of(read(session, find(session, wanted).id()), asOf);
        });
    }

    /** @throws VimFailure when another machine, or none, is where that one was */
    Machine same(MachineIdentity target) {
        return vim.in(session -> same(session, target));
    }

    static Machine same(VimSession session, MachineIdentity target) {
        try {
            var machine = read(session, target.moref());
            if (machine.uuid().equals(target.instanceUuid())) {
                return machine;
            }
        } catch (VimFailure e) {
            if (!e.is("ManagedObjectNotFound")) {
                throw e;
            }
        }
        throw VimFailure.of(TARGET_CHANGED, "The machine was deleted or replaced since it was looked at");
    }

    private static Machine read(VimSession session, String id) {
        return Machine.of(new Collector(session).one(Machine.TYPE, id, Machine.PATHS));
    }

    private static VimObject find(VimSession session, MachineName wanted) {
        var paths = new HashMap<>(Folders.PATHS);
        paths.put(Machine.TYPE, List.of("name", "parent", "config.template"));
        var all = new Collector(session).all(paths);
        var folders = new Folders(all);
        var spellings = List.of(wanted.name(), MachineName.stored(wanted.name()));
        var named = all.stream()
                .filter(object -> object.type().equals(Machine.TYPE))
                // some who name machines in alerts read names as they are stored
                .filter(object -> spellings.contains(object.text("name")))
                .filter(object -> !object.text("config.template").equals("true"))
                .map(object -> new Place(object, folders.of(object)))
                .filter(place -> wanted.folder() == null || place.folder().equals(wanted.folder()))
                .toList();
        return switch (named.size()) {
            case 0 ->
                throw VimFailure.of(
                        TARGET_NOT_FOUND,
                        "There is no virtual machine " + wanted.name()
                                + (wanted.folder() == null ? "" : " in " + wanted.folder()));
            case 1 -> named.getFirst().machine();
            default -> throw ambiguous(wanted, named);
        };
    }

    private static VimFailure ambiguous(MachineName wanted, List<Place> named) {
        return VimFailure.of(
                INVALID_PARAMETERS,
                "Several virtual machines are named " + wanted.name() + ", in "
                        + named.stream().map(Place::folder).sorted().collect(Collectors.joining(" and "))
                        + ": name the folder too");
    }
}
