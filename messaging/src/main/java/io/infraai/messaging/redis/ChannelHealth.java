package io.infraai.messaging.redis;

import java.util.regex.Pattern;

import io.smallrye.reactive.messaging.health.HealthReport.HealthReportBuilder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The state of one channel, written on its event loop and read by whoever asks. A failure is forgotten as soon as Redis answers
 * again, except the one that ended the channel.
 */
final class ChannelHealth {

    private static final Logger LOG = Logger.getLogger(ChannelHealth.class);
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s]*@");

    private final String channel;
    private final String stream;
    private final boolean enabled;
    private volatile boolean started;
    private volatile @Nullable String failure;
    private volatile @Nullable String fatal;

    ChannelHealth(String channel, String stream, boolean enabled) {
        this.channel = channel;
        this.stream = stream;
        this.enabled = enabled;
    }

    void works() {
        if (failure != null) {
            LOG.infof("Channel '%s' reaches stream '%s' again", channel, stream);
        }
        started = true;
        failure = null;
    }

    /** Logged when it starts to fail, not again for each further attempt. */
    void fails(String deed, Throwable reason) {
        var told = withoutCredentials(reason);
        if (failure == null) {
            LOG.warnf("Channel '%s' can't %s stream '%s' and keeps trying: %s", channel, deed, stream, told);
        }
        failure = told;
    }

    /** The client of a cluster names the node that it can't reach by its whole address. */
    private static String withoutCredentials(Throwable reason) {
        return CREDENTIALS.matcher(String.valueOf(reason)).replaceAll("://");
    }

    void ends(Throwable reason) {
        LOG.errorf(reason, "Channel '%s' has ended", channel);
        fatal = String.valueOf(reason);
    }

    boolean isWorking() {
        return started && failure == null;
    }

    void reportLiveness(HealthReportBuilder report) {
        report(report, fatal);
    }

    void reportReadiness(HealthReportBuilder report) {
        var ended = fatal;
        report(report, ended == null ? problem() : ended);
    }

    void reportStartup(HealthReportBuilder report) {
        report(report, started ? null : problem());
    }

    private @Nullable String problem() {
        var current = failure;
        return current == null && !started ? "Not connected yet" : current;
    }

    private void report(HealthReportBuilder report, @Nullable String problem) {
        if (!enabled) {
            return;
        }
        if (problem == null) {
            report.add(channel, true);
        } else {
            report.add(channel, false, problem);
        }
    }
}
