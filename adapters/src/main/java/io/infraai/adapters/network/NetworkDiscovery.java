package io.infraai.adapters.network;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.asset.AllowedSubnets;
import io.infraai.contracts.asset.AllowedSubnets.Verdict.Allowed;
import io.infraai.contracts.asset.AllowedSubnets.Verdict.Refused;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.Discovery.Progress;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

/** Connects to the TCP ports of a subnet's addresses and writes down who answers. */
@ApplicationScoped
class NetworkDiscovery implements Tool.Reading<NetworkDiscovery.Parameters> {

    record Parameters(
            @Parameter(
                    value = "The subnet in CIDR notation, e.g. 10.0.0.0/24: at most a /20, in IPv6 a /116",
                    pattern = "^[0-9a-fA-F.:]+/[0-9]+$",
                    maxLength = 43)
            String subnet) {}

    private static final Logger LOG = Logger.getLogger(NetworkDiscovery.class);

    private static final Duration REPORTED_EVERY = Duration.ofSeconds(1);

    /** What is kept of the caller's time to write down the end. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final NetworkConfig config;
    private final AssetInventory inventory;
    private final Clock clock;
    private final AllowedSubnets allowed;
    private final Prober prober;
    private final ReverseNames names;
    private final ToolSpec<Parameters> spec;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    NetworkDiscovery(NetworkConfig config, AssetInventory inventory, Clock clock) {
        this(config, inventory, clock, dialer(config));
    }

    NetworkDiscovery(NetworkConfig config, AssetInventory inventory, Clock clock, Dialer dialer) {
        this.config = config;
        this.inventory = inventory;
        this.clock = clock;
        this.allowed = new AllowedSubnets(config.allowedSubnets().orElse(Set.of()));
        this.prober = new Prober(config.ports(), dialer);
        this.names = new ReverseNames(config.reverseDns(), config.dnsTimeout());
        this.spec = new ToolSpec<>(
                "network_discovery",
                "Scans a subnet for assets: connects to common TCP ports, recognises what listens, and notes it in the inventory",
                Parameters.class,
                Risk.READS,
                "network:{subnet}",
                config.deadline().plus(GRACE).plus(GRACE));
    }

    static Dialer dialer(NetworkConfig config) {
        var timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("network-discovery-timer").factory());
        var pace = new Pace(config.probesPerSecond(), System::nanoTime, LockSupport::parkNanos);
        return new PacedDialer(pace, config.connectTimeout(), config.answerTimeout(), timer);
    }

    @Override
    public ToolSpec<Parameters> spec() {
        return spec;
    }

    @Override
    public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
        return switch (allowed.judge(parameters.subnet())) {
            case Refused(var reason, var message) -> Uni.createFrom().item(new Failed(reason, message));
            case Allowed(var subnet) -> inventory.begin(context, subnet).chain(id -> look(id, subnet, context));
        };
    }

    private Uni<ToolResult> look(long id, Subnet subnet, ToolContext context) {
        var survey = new Survey(subnet, end(context), clock, prober, names);
        return Uni.combine()
                .any()
                .of(survey.run(threads, config.concurrency()), reports(id, survey, context))
                .onTermination()
                .invoke(survey::stop)
                .onCancellation()
                .call(() -> report(id, survey, survey.ended(), context))
                .onFailure()
                .call(() -> report(id, survey, survey.ended(), context))
                .chain(() -> report(id, survey, survey.ended(), context))
                .map(_ -> told(survey));
    }

    private Instant end(ToolContext context) {
        var ours = clock.instant().plus(config.deadline());
        var callers = context.deadline().minus(GRACE);
        return ours.isBefore(callers) ? ours : callers;
    }

    /** Ends never. A report that can't be stored now is part of the next. */
    private Uni<Void> reports(long id, Survey survey, ToolContext context) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(REPORTED_EVERY)
                .every(REPORTED_EVERY)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(_ -> report(id, survey, survey.progress(), context)
                        .onFailure()
                        .invoke(e -> LOG.warnf("Discovery %d can't tell how far it is: %s", id, e.getMessage()))
                        .onFailure()
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> report(long id, Survey survey, Progress progress, ToolContext context) {
        var news = survey.unreported();
        return inventory.report(context.tenant(), id, progress, news).invoke(() -> survey.reported(news));
    }

    private static ToolResult told(Survey survey) {
        var progress = survey.ended();
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("subnet", survey.subnet().toString())
                .put("total", survey.total())
                .put("probed", progress.probed())
                .put("found", progress.found())
                .put("complete", progress.state() == DiscoveryState.DONE);
        var hosts = detail.putArray("hosts");
        survey.told().forEach(sighting -> hosts.add(shown(sighting)));
        detail.put("hosts_left_out", progress.found() - hosts.size());
        var summary = progress.found() + " of " + progress.probed() + " addresses in " + survey.subnet() + " answer";
        return new Done(
                progress.state() == DiscoveryState.DONE
                        ? summary
                        : summary + "; stopped before the other " + (survey.total() - progress.probed()),
                detail);
    }

    private static ObjectNode shown(Sighting sighting) {
        var shown = JsonNodeFactory.instance.objectNode().put("address", sighting.address());
        if (sighting.hostname() != null) {
            shown.put("hostname", sighting.hostname());
        }
        var services = shown.putArray("services");
        sighting.services().forEach(service -> services.add(shown(service)));
        return shown;
    }

    private static ObjectNode shown(Service service) {
        var shown = JsonNodeFactory.instance
                .objectNode()
                .put("port", service.port())
                .put("protocol", service.protocol());
        if (service.product() != null) {
            shown.put("product", service.product());
        }
        if (service.detail() != null) {
            shown.put("detail", service.detail());
        }
        return shown;
    }
}
