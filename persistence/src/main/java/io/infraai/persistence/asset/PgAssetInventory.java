package io.infraai.persistence.asset;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.asset.Asset;
import io.infraai.contracts.asset.AssetInventory;
import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Discovery;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.SeenBy;
import io.infraai.contracts.asset.Service;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgAssetInventory implements AssetInventory {

    private static final String[] TYPES =
            Arrays.stream(AssetType.values()).map(AssetType::wire).toArray(String[]::new);

    private final TenantScope scope;

    PgAssetInventory(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Void> record(TenantId tenant, List<Sighting> seen) {
        return seen.isEmpty()
                ? Uni.createFrom().voidItem()
                : scope.in(tenant, connection -> stored(connection, tenant, seen));
    }

    @Override
    public Uni<List<Asset>> find(TenantId tenant, Filter filter) {
        var type = filter.type() == null ? null : filter.type().wire();
        var parameters = Tuple.of(type, filter.text(), orNull(filter.before()), filter.limit());
        return scope.reading(
                tenant,
                connection -> connection
                        .preparedQuery(AssetSql.FIND)
                        .execute(parameters)
                        .map(rows -> Rows.list(rows, PgAssetInventory::asset)));
    }

    @Override
    public Uni<Long> begin(ToolContext context, Subnet subnet) {
        var parameters = Tuple.of(
                context.tenant().value(),
                subnet.toString(),
                context.correlationId(),
                context.actor(),
                subnet.addresses().intValueExact());
        return scope.in(
                context.tenant(),
                connection -> connection
                        .preparedQuery(AssetSql.BEGIN)
                        .execute(parameters)
                        .map(rows -> rows.iterator().next().getLong("id")));
    }

    @Override
    public Uni<Void> report(TenantId tenant, long discovery, Discovery.Progress progress, List<Sighting> seen) {
        var parameters = Tuple.of(discovery, progress.state().wire(), progress.probed(), progress.found());
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(AssetSql.REPORT)
                        .execute(parameters)
                        .chain(() -> stored(connection, tenant, seen)));
    }

    @Override
    public Uni<List<Discovery>> discoveries(TenantId tenant, OptionalLong before, int limit) {
        return scope.reading(
                tenant,
                connection -> connection
                        .preparedQuery(AssetSql.DISCOVERIES)
                        .execute(Tuple.of(orNull(before), limit))
                        .map(rows -> Rows.list(rows, PgAssetInventory::discovery)));
    }

    private static Uni<Void> stored(SqlConnection connection, TenantId tenant, List<Sighting> seen) {
        var addressed = once(seen.stream().filter(each -> each.address() != null), each -> "" + each.address());
        var named =
                once(seen.stream().filter(each -> each.address() == null), each -> each.type() + "/" + each.hostname());
        return withAddress(connection, tenant, addressed).chain(() -> withoutAddress(connection, tenant, named));
    }

    /** The last of several, since a statement can't update a row twice; in one order, since two would else lock each other out. */
    private static Collection<Sighting> once(Stream<Sighting> seen, Function<Sighting, String> key) {
        Map<String, Sighting> byKey = seen.sorted(Comparator.comparing(key))
                .collect(Collectors.toMap(key, Function.identity(), (_, last) -> last, LinkedHashMap::new));
        return byKey.values();
    }

    private static Uni<Void> withAddress(SqlConnection connection, TenantId tenant, Collection<Sighting> seen) {
        if (seen.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var names = Columns.of(seen)
                .texts(each -> each.type().wire())
                .texts(Sighting::hostname)
                .tuple();
        var rows = content(Columns.of(seen).value(tenant.value()).texts(Sighting::address))
                .value(TYPES)
                .tuple();
        return connection
                .preparedQuery(AssetSql.FORGET_NAMES)
                .execute(names)
                .chain(() -> connection.preparedQuery(AssetSql.WITH_ADDRESS).execute(rows))
                .replaceWithVoid();
    }

    private static Uni<Void> withoutAddress(SqlConnection connection, TenantId tenant, Collection<Sighting> seen) {
        return seen.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(AssetSql.WITHOUT_ADDRESS)
                        .execute(content(Columns.of(seen).value(tenant.value())).tuple())
                        .replaceWithVoid();
    }

    private static Columns<Sighting> content(Columns<Sighting> columns) {
        return columns.texts(each -> each.type().wire())
                .texts(Sighting::hostname)
                .texts(each -> StoredJson.write(each.services()))
                .texts(each -> StoredJson.write(each.attributes()))
                .texts(each -> each.seenBy().wire());
    }

    private static Asset asset(Row row) {
        return new Asset(
                row.getLong("id"),
                AssetType.of(row.getString("type")),
                row.getString("ip"),
                row.getString("hostname"),
                List.of(StoredJson.read(row.getString("services"), Service[].class)),
                attributes(row.getString("attributes")),
                Arrays.stream(row.getArrayOfStrings("seen_by")).map(SeenBy::of).collect(Collectors.toSet()),
                Rows.time(row, "first_seen"),
                Rows.time(row, "last_seen"));
    }

    private static Map<String, String> attributes(String json) {
        return StoredJson.object(json).properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().asText()));
    }

    private static Discovery discovery(Row row) {
        return new Discovery(
                row.getLong("id"),
                row.getString("subnet"),
                row.getString("correlation_id"),
                row.getString("requested_by"),
                DiscoveryState.of(row.getString("state")),
                row.getInteger("total"),
                row.getInteger("probed"),
                row.getInteger("found"),
                Rows.time(row, "started_at"),
                Rows.time(row, "updated_at"),
                Rows.timeOrNull(row, "ended_at"));
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
