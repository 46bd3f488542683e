package io.infraai.benchmarks.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;

/**
 * The same steps with nothing around them: parse, one row an alert, commit, ring, take, act (nothing), close the row. No
 * policies, no episodes, no claim, no intent, no journal, no checks: a bound that no product with those can reach.
 */
public final class Skeleton {

    private static final String STREAM = "skeleton:tasks";
    private static final String INSERT = """
            INSERT INTO skeleton (target, body) SELECT * FROM unnest($1::text[], $2::text[]::jsonb[]) RETURNING id""";
    private static final String CLOSE =
            "UPDATE skeleton s SET state = 'done', started_at = now() FROM unnest($1::bigint[]) AS c(id) WHERE s.id = c.id";

    private final ObjectMapper json = new ObjectMapper();
    private final Pool database;
    private final Redis redis;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean committing;

    private record Waiting(List<String> targets, List<String> bodies, HttpServerRequest request) {}

    private Skeleton(Vertx vertx, String database, String redis) {
        this.database = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(PgConnectOptions.fromUri(database).setCachePreparedStatements(true))
                .using(vertx)
                .build();
        this.redis = Redis.createClient(
                vertx,
                new RedisOptions().setConnectionString(redis).setMaxPoolSize(4).setMaxWaitingHandlers(100_000));
    }

    /**
     * @param arguments port, PostgreSQL URI, Redis URI
     */
    public static void main(String[] arguments) {
        var vertx = Vertx.vertx();
        var skeleton = new Skeleton(vertx, arguments[1], arguments[2]);
        Load.join(skeleton.prepare()
                .compose(_ -> vertx.createHttpServer()
                        .requestHandler(skeleton::take)
                        .listen(Integer.parseInt(arguments[0]), "127.0.0.1"))
                .compose(_ -> skeleton.redis.connect())
                .onSuccess(skeleton::work));
        System.out.println("ready");
    }

    private Future<Response> prepare() {
        return database.query("""
                        CREATE TABLE IF NOT EXISTS skeleton (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, target text NOT NULL,
                            body jsonb NOT NULL, state text NOT NULL DEFAULT 'queued', created_at timestamptz NOT NULL DEFAULT now(),
                            started_at timestamptz)""")
                .execute()
                .compose(_ -> redis.send(Request.cmd(Command.DEL).arg(STREAM)))
                .compose(_ -> redis.send(Request.cmd(Command.XGROUP)
                        .arg("CREATE")
                        .arg(STREAM)
                        .arg("worker")
                        .arg("0")
                        .arg("MKSTREAM")));
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                List<String> targets = new ArrayList<>();
                List<String> bodies = new ArrayList<>();
                for (JsonNode alert : json.readTree(body.getBytes()).path("alerts")) {
                    targets.add(alert.path("labels").path("target").asText());
                    bodies.add(alert.toString());
                }
                waiting.add(new Waiting(targets, bodies, request));
                commit();
            } catch (IOException _) {
                request.response().setStatusCode(400).end();
            }
        });
    }

    /** What arrives while a commit is under way shares the next one. */
    private void commit() {
        if (committing || waiting.isEmpty()) {
            return;
        }
        committing = true;
        var group = List.copyOf(waiting);
        waiting.clear();
        var targets = group.stream().flatMap(it -> it.targets().stream()).toArray(String[]::new);
        var bodies = group.stream().flatMap(it -> it.bodies().stream()).toArray(String[]::new);
        database.preparedQuery(INSERT)
                .execute(Tuple.of(targets, (Object) bodies))
                .onSuccess(rows -> {
                    List<Request> bells = new ArrayList<>();
                    rows.forEach(row -> bells.add(Request.cmd(Command.XADD)
                            .arg(STREAM)
                            .arg("*")
                            .arg("id")
                            .arg(row.getLong(0))));
                    redis.batch(bells);
                    group.forEach(it -> it.request().response().end("{}"));
                    committing = false;
                    commit();
                });
    }

    private void work(RedisConnection connection) {
        connection
                .send(Request.cmd(Command.XREADGROUP)
                        .arg("GROUP")
                        .arg("worker")
                        .arg("one")
                        .arg("COUNT")
                        .arg(500)
                        .arg("BLOCK")
                        .arg(1_000)
                        .arg("STREAMS")
                        .arg(STREAM)
                        .arg(">"))
                .compose(this::close)
                .onComplete(_ -> work(connection));
    }

    private Future<?> close(Response read) {
        if (read == null) {
            return Future.succeededFuture();
        }
        var entries = read.get(STREAM) != null ? read.get(STREAM) : read.get(0).get(1);
        List<Long> ids = new ArrayList<>();
        var acknowledge = Request.cmd(Command.XACK).arg(STREAM).arg("worker");
        for (var entry : entries) {
            acknowledge.arg(entry.get(0).toString());
            ids.add(Long.parseLong(entry.get(1).get(1).toString()));
        }
        return database.preparedQuery(CLOSE)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .compose(_ -> redis.send(acknowledge));
    }
}
