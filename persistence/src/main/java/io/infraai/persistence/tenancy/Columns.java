package io.infraai.persistence.tenancy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into the arrays that {@code unnest} turns back into rows, so that any number of them is one statement.
 *
 * @param <R> a row
 */
public final class Columns<R> {

    private final List<R> rows;
    private final List<Object> parameters = new ArrayList<>();

    private Columns(Collection<R> rows) {
        this.rows = List.copyOf(rows);
    }

    public static <R> Columns<R> of(Collection<R> rows) {
        return new Columns<>(rows);
    }

    /** A single value in front of or between the arrays. */
    public Columns<R> value(Object value) {
        parameters.add(value);
        return this;
    }

    public Columns<R> texts(Function<R, @Nullable String> column) {
        return array(column, String[]::new);
    }

    public Columns<R> longs(Function<R, @Nullable Long> column) {
        return array(column, Long[]::new);
    }

    public Columns<R> ints(Function<R, @Nullable Integer> column) {
        return array(column, Integer[]::new);
    }

    public Columns<R> flags(Function<R, @Nullable Boolean> column) {
        return array(column, Boolean[]::new);
    }

    public Columns<R> uuids(Function<R, @Nullable UUID> column) {
        return array(column, UUID[]::new);
    }

    public Columns<R> times(Function<R, @Nullable Instant> column) {
        return array(
                row -> {
                    var instant = column.apply(row);
                    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
                },
                OffsetDateTime[]::new);
    }

    public Tuple tuple() {
        return Tuple.from(parameters);
    }

    private <V> Columns<R> array(Function<R, @Nullable V> column, IntFunction<@Nullable V[]> make) {
        var array = make.apply(rows.size());
        for (var i = 0; i < array.length; i++) {
            array[i] = column.apply(rows.get(i));
        }
        parameters.add(array);
        return this;
    }
}
