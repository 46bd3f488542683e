package io.infraai.engine.offline;

import java.util.Optional;

/** What is looked up by a word of the sentence: documents, dashboards, subnets, assets and metrics. */
final class Lookups {

    private Lookups() {}

    static Plan document(Ask ask) {
        var call =
                ToolCall.of("read_document").with("document", ask.slots().uuid().orElseThrow());
        return Plan.call(
                ask.slots().number().isPresent()
                        ? call.with("offset", ask.slots().number().getAsInt())
                        : call);
    }

    /** One that is opened by its uid or title, a panel of it, or those that are about something. */
    static Plan dashboards(Ask ask) {
        var one = ask.slots().called(Term.DASHBOARDS).stream()
                .findFirst()
                .or(() -> ask.sentence().tokens().stream()
                        .filter(Token::quoted)
                        .map(Token::text)
                        .findFirst())
                .filter(_ -> !ask.sentence().says("dashboards"));
        var panel = behind("panel", ask);
        if (one.isPresent() && panel.isPresent()) {
            return Plan.call(ToolCall.of("get_grafana_panel_query")
                    .with("dashboard_id", one.get())
                    .with("panel", panel.get()));
        }
        if (one.isPresent()) {
            return Plan.call(ToolCall.of("get_grafana_dashboard").with("dashboard_id", one.get()));
        }
        var text = ask.slots().names().stream()
                .map(Slots.Named::text)
                .findFirst()
                .or(ask.slots()::search)
                .or(ask.slots()::namespace);
        return Plan.call(ToolCall.of("search_grafana_dashboards").with("query", text.orElse(null)));
    }

    /** The word behind another. */
    private static Optional<String> behind(String word, Ask ask) {
        var tokens = ask.sentence().tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return Optional.of(tokens.get(i + 1).text());
            }
        }
        return Optional.empty();
    }

    static Plan discovery(Ask ask) {
        return ask.slots()
                .subnet()
                .map(subnet -> Plan.call(ToolCall.of("network_discovery").with("subnet", subnet)))
                .orElseGet(() -> Plan.say("Which subnet? Say for example \"scan 10.0.0.0/24\"."));
    }

    static Plan assets(Ask ask) {
        var type = ask.has(Term.VM, Term.VIRTUAL, Term.MACHINE)
                ? "virtual_machine"
                : ask.has(Term.NODE) ? "kubernetes_node" : ask.has(Term.HOST) ? "host" : null;
        var text =
                ask.slots().names().stream().map(Slots.Named::text).findFirst().or(ask.slots()::search);
        return Plan.call(ToolCall.of("list_assets").with("type", type).with("text", text.orElse(null)));
    }

    static Plan metrics(Ask ask) {
        var name = behind("metric", ask)
                .filter(PromQl::isMetric)
                .or(() -> ask.slots().withoutKind().stream().findFirst())
                .or(ask.slots()::search);
        var one = name.filter(PromQl::isMetric).isPresent()
                && ask.slots().search().isEmpty();
        return Plan.call(
                one
                        ? ToolCall.of("metric_metadata").with("metric", name.get())
                        : ToolCall.of("list_metrics").with("contains", name.orElse(null)));
    }
}
