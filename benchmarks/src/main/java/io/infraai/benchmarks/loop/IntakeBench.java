package io.infraai.benchmarks.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** Alerts a second from the webhook to committed episodes, beside the same rows inserted with nothing around. */
public final class IntakeBench {

    private static final int PAIRS = 5;

    /** What is decided about the episodes is another matter; it would take its share of two cores. */
    private static final String[] HEALING_RESTS = {
        "-Dmp.messaging.incoming.episodes-in.enabled=false", "-Dinfraai.healing.sweep=24h"
    };

    private static final String BARE_STATE = """
            INSERT INTO bare_alert_state (tenant_id, alert_key, starts_at, last_seen)
            SELECT 'default', k, now(), now() FROM unnest($1::text[]) AS k
            ON CONFLICT (tenant_id, alert_key) DO UPDATE SET last_seen = now()""";

    private static final String BARE_EPISODE = """
            INSERT INTO bare_episode (tenant_id, alert_key, payload)
            SELECT 'default', * FROM unnest($1::text[], $2::text[]::jsonb[])""";

    private record Shape(int alerts, int inFlight, int posts) {}

    private final Rig rig;
    private final ObjectMapper json = new ObjectMapper();

    private IntakeBench(Rig rig) {
        this.rig = rig;
    }

    /** Prints a table. */
    public static void run() {
        try (var rig = new Rig();
                var infraai = rig.infraai(HEALING_RESTS)) {
            var bench = new IntakeBench(rig);
            bench.prepare();
            System.out.println("Warming up …");
            bench.throughInfraAi(infraai, new Shape(100, 4, 300));
            bench.throughInfraAi(infraai, new Shape(1, 64, 5_000));
            System.out.println(
                    "alerts a body | InfraAI alerts/s | bare inserts/s | ratio   (medians of " + PAIRS + " pairs)");
            bench.compare(infraai, new Shape(1, 64, 8_000));
            bench.compare(infraai, new Shape(10, 16, 2_000));
            bench.compare(infraai, new Shape(100, 8, 400));
        }
    }

    private void prepare() {
        rig.query("""
                CREATE TABLE bare_alert_state (tenant_id text, alert_key text, starts_at timestamptz, last_seen timestamptz,
                    PRIMARY KEY (tenant_id, alert_key))""");
        rig.query("""
                CREATE TABLE bare_episode (tenant_id text, id uuid DEFAULT gen_random_uuid(), alert_key text, payload jsonb,
                    opened_at timestamptz DEFAULT now(), PRIMARY KEY (tenant_id, id))""");
    }

    private void compare(ServerProcess infraai, Shape shape) {
        var ours = new double[PAIRS];
        var bare = new double[PAIRS];
        var ratios = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            ours[i] = throughInfraAi(infraai, shape);
            bare[i] = bare(shape);
            ratios[i] = ours[i] / bare[i];
        }
        System.out.printf(
                Locale.ROOT,
                "%13d | %16.0f | %14.0f | %5.2f%n",
                shape.alerts(),
                median(ours),
                median(bare),
                median(ratios));
    }

    private double throughInfraAi(ServerProcess infraai, Shape shape) {
        var bodies = new Bodies("i" + System.nanoTime());
        var load = new Load(rig.vertx(), infraai.port(), rig.key());
        var start = System.nanoTime();
        load.closed(bodies, shape.alerts(), shape.posts(), shape.inFlight());
        return bodies.made() * 1e9 / (System.nanoTime() - start);
    }

    /** One transaction for each body, as many at once as there were posts; the JSON is read before the clock starts. */
    private double bare(Shape shape) {
        var bodies = new Bodies("b" + System.nanoTime());
        var batches = IntStream.range(0, shape.posts())
                .mapToObj(_ -> rows(bodies.body(shape.alerts()).getBytes()))
                .toList();
        var next = new AtomicInteger();
        var start = System.nanoTime();
        Load.join(Future.all(IntStream.range(0, shape.inFlight())
                .mapToObj(_ -> lane(batches, next))
                .toList()));
        return bodies.made() * 1e9 / (System.nanoTime() - start);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Rows(String[] keys, String[] payloads) {}

    private Rows rows(byte[] body) {
        try {
            List<String> keys = new ArrayList<>();
            List<String> payloads = new ArrayList<>();
            for (JsonNode alert : json.readTree(body).path("alerts")) {
                keys.add(alert.path("labels").path("target").asText());
                payloads.add(alert.toString());
            }
            return new Rows(keys.toArray(String[]::new), payloads.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Future<Void> lane(List<Rows> batches, AtomicInteger next) {
        var index = next.getAndIncrement();
        if (index >= batches.size()) {
            return Future.succeededFuture();
        }
        var rows = batches.get(index);
        return rig.database()
                .withTransaction(connection -> connection
                        .preparedQuery(BARE_STATE)
                        .execute(Tuple.of(rows.keys()))
                        .compose(_ -> connection.preparedQuery(BARE_EPISODE).execute(Tuple.of(rows.keys(), (Object)
                                rows.payloads()))))
                .compose(_ -> lane(batches, next));
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
