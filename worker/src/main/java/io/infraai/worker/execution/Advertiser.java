package io.infraai.worker.execution;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.adapters.tool.ToolsChanged;
import io.infraai.persistence.catalog.ToolDirectory;

/** Tells the services without infrastructure clients which tools there are. */
@ApplicationScoped
class Advertiser {

    private static final Logger LOG = Logger.getLogger(Advertiser.class);

    private final ToolCatalog tools;
    private final ToolDirectory directory;

    Advertiser(ToolCatalog tools, ToolDirectory directory) {
        this.tools = tools;
        this.directory = directory;
    }

    void atStart(@Observes StartupEvent started) {
        advertise();
    }

    void onChange(@Observes ToolsChanged changed) {
        advertise();
    }

    private void advertise() {
        directory
                .advertise(tools.descriptions())
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                .indefinitely()
                .subscribe()
                .with(_ -> LOG.infof("Advertised %d tools", tools.descriptions().size()));
    }
}
