package io.infraai.adapters.vmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads properties: of one object, or of everything of some types, page by page. */
final class Collector {

    private static final int PAGE = 500;

    private static final String INTO_THE_VIEW =
            "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>view</name><type>ContainerView</type>"
                    + "<path>view</path><skip>false</skip></selectSet>";

    private final VimSession session;

    Collector(VimSession session) {
        this.session = session;
    }

    /** @throws VimFailure when it isn't there any more */
    VimObject one(String type, String id, List<String> paths) {
        var arguments = "<specSet>" + properties(type, paths) + "<objectSet>" + Xml.reference("obj", type, id)
                + "</objectSet></specSet><options></options>";
        return collected("RetrievePropertiesEx", arguments).stream()
                .findFirst()
                .orElseThrow(() -> VimFailure.fault("ManagedObjectNotFound", id, "RetrievePropertiesEx"));
    }

    /**
     * @param paths to read of each type
     */
    List<VimObject> all(Map<String, List<String>> paths) {
        var view = view(paths.keySet());
        try {
            var sets = new StringBuilder();
            paths.forEach((type, ofIt) -> sets.append(properties(type, ofIt)));
            return collected(
                    "RetrievePropertiesEx",
                    "<specSet>" + sets + "<objectSet>" + Xml.reference("obj", "ContainerView", view) + INTO_THE_VIEW
                            + "</objectSet></specSet><options><maxObjects>" + PAGE + "</maxObjects></options>");
        } catch (VimFailure e) {
            // views end with their session, and only with it
            throw e.is("ManagedObjectNotFound") ? VimFailure.fault("NotAuthenticated", "", "RetrievePropertiesEx") : e;
        } finally {
            destroy(view);
        }
    }

    private String view(Iterable<String> types) {
        var arguments = new StringBuilder(
                Xml.reference("container", "Folder", session.content().rootFolder()));
        types.forEach(type -> arguments.append(Xml.element("type", type)));
        return session.call(
                        "CreateContainerView",
                        "ViewManager",
                        session.content().viewManager(),
                        arguments + "<recursive>true</recursive>")
                .textOf("returnval");
    }

    private List<VimObject> collected(String operation, String arguments) {
        var all = new ArrayList<VimObject>();
        var answer = ask(operation, arguments);
        while (true) {
            var page = answer.child("returnval");
            page.ifPresent(told -> told.children("objects").forEach(object -> all.add(VimObject.of(object))));
            var token = page.map(told -> told.textOf("token")).orElse("");
            if (token.isEmpty()) {
                return all;
            }
            answer = ask("ContinueRetrievePropertiesEx", Xml.element("token", token));
        }
    }

    private Xml ask(String operation, String arguments) {
        return session.call(operation, "PropertyCollector", session.content().propertyCollector(), arguments);
    }

    private void destroy(String view) {
        try {
            session.call("DestroyView", "ContainerView", view, "");
        } catch (VimFailure _) {
            // it ends with the session; what was read, or what failed before, matters more
        }
    }

    private static String properties(String type, List<String> paths) {
        var set = new StringBuilder("<propSet>").append(Xml.element("type", type));
        paths.forEach(path -> set.append(Xml.element("pathSet", path)));
        return set.append("</propSet>").toString();
    }
}
