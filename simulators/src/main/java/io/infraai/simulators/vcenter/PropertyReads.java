package io.infraai.simulators.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The property collector: reads objects and what is in views, page by page. */
final class PropertyReads {

    private final VcenterConfig config;
    private final Inventory inventory;

    PropertyReads(VcenterConfig config, Inventory inventory) {
        this.config = config;
        this.inventory = inventory;
    }

    String retrieve(SoapRequest request, Sessions.Session session) {
        var asked = request.body()
                .child("options")
                .map(options -> options.textOf("maxObjects"))
                .filter(most -> !most.isEmpty())
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
        var told = new ArrayList<String>();
        for (var spec : request.body().children("specSet")) {
            for (var object : selected(spec, session)) {
                spec.children("propSet").stream()
                        .filter(set -> set.textOf("type").equals(object.type()))
                        .findFirst()
                        .ifPresent(set -> told.add(told(object, set)));
            }
        }
        return page(told, Math.min(asked, config.pageSize()), session);
    }

    /** What somebody is told who isn't logged in: which objects there are, and nothing of them. */
    String hidden(SoapRequest request) {
        var xml = new StringBuilder("<returnval>");
        for (var spec : request.body().children("specSet")) {
            for (var set : spec.children("objectSet")) {
                var object = inventory.get(set.textOf("obj"));
                xml.append("<objects>").append(Markup.reference("obj", object.type(), object.id()));
                spec.children("propSet").stream()
                        .flatMap(properties -> properties.children("pathSet").stream())
                        .forEach(path -> xml.append("""
                                <missingSet><path>%s</path><fault><fault xsi:type="NotAuthenticated"></fault></fault>                                </missingSet>""".formatted(path.text())));
                xml.append("</objects>");
            }
        }
        return xml.append("</returnval>").toString();
    }

    String proceed(SoapRequest request, Sessions.Session session) {
        var rest = session.untold.remove(request.body().textOf("token"));
        if (rest == null) {
            throw new SoapFault("InvalidArgument", "A specified parameter was not correct: token");
        }
        return page(rest, config.pageSize(), session);
    }

    private static String page(List<String> told, int size, Sessions.Session session) {
        if (told.isEmpty()) {
            return "";
        }
        var now = Sessions.page(told, size);
        var xml = new StringBuilder("<returnval>");
        if (now.size() < told.size()) {
            var token = UUID.randomUUID().toString();
            session.untold.put(token, List.copyOf(told.subList(now.size(), told.size())));
            xml.append("<token>").append(token).append("</token>");
        }
        now.forEach(xml::append);
        return xml.append("</returnval>").toString();
    }

    private List<Managed> selected(Markup spec, Sessions.Session session) {
        var found = new ArrayList<Managed>();
        for (var set : spec.children("objectSet")) {
            var start = set.child("obj").orElseThrow(() -> new SoapFault("InvalidArgument", "objectSet without obj"));
            if (start.attribute("type").equals("ContainerView")) {
                found.addAll(viewed(start.text(), session));
            } else {
                found.add(inventory.get(start.text()));
            }
        }
        return found;
    }

    /** Everything of its types: the views that are made here are of the root. */
    private List<Managed> viewed(String id, Sessions.Session session) {
        var view = session.views.get(id);
        if (view == null) {
            throw SoapFault.gone(id);
        }
        return inventory.all().stream()
                .filter(object -> view.types().contains(object.type()))
                .filter(object -> !object.id().equals(view.container()))
                .toList();
    }

    private String told(Managed object, Markup propSet) {
        var sheet =
                object instanceof Machine machine ? machine.sheet(config.clock().instant()) : object.sheet();
        var xml = new StringBuilder("<objects>").append(Markup.reference("obj", object.type(), object.id()));
        for (var path : propSet.children("pathSet")) {
            sheet.at(path.text())
                    .ifPresent(value -> xml.append("<propSet><name>")
                            .append(path.text())
                            .append("</name>")
                            .append(value.as("val"))
                            .append("</propSet>"));
        }
        return xml.append("</objects>").toString();
    }
}
