package io.github.evergrant.providers.globus.service;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind a question mark, in order. Immutable.
 *
 * <p>A value that is null is left out, a list repeats its name, and booleans are written as {@code globus_sdk} writes
 * them: {@code True} and {@code False}.
 */
public final class Query {

    /** No parameters. */
    public static final Query NONE = new Query(List.of());

    private record Pair(String name, String value) {}

    private final List<Pair> pairs;

    private Query(List<Pair> pairs) {
        this.pairs = List.copyOf(pairs);
    }

    /** One parameter. */
    public static Query of(String name, @Nullable Object value) {
        return NONE.with(name, value);
    }

    /** Parameters as they stand in an address; what is not encoded well is dropped. */
    static Query parse(@Nullable String encoded) {
        List<Pair> all = new ArrayList<>();
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name != null && value != null) {
                all.add(new Pair(name, value));
            }
        }
        return new Query(all);
    }

    /** The same with one more parameter, in the place of any of that name. */
    public Query with(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        List<Pair> all = new ArrayList<>();
        int place = -1;
        for (Pair pair : pairs) {
            if (!pair.name.equals(name)) {
                all.add(pair);
            } else if (place < 0) {
                place = all.size();
            }
        }
        all.addAll(place < 0 ? all.size() : place, written(name, value));
        return new Query(all);
    }

    /** These, and those of another in the place of any of the same names. */
    public Query with(Query other) {
        Query both = this;
        for (String name : other.names()) {
            both = both.with(name, other.all(name));
        }
        return both;
    }

    /** The names there are, each once. */
    List<String> names() {
        return pairs.stream().map(Pair::name).distinct().toList();
    }

    /** The first value of a parameter; null when there is none. */
    public @Nullable String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    private List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.name.equals(name))
                .map(Pair::value)
                .toList();
    }

    /** As it stands in an address, without the question mark; empty when there is nothing. */
    public String encoded() {
        return pairs.stream()
                .map(pair -> encode(pair.name) + "=" + encode(pair.value))
                .collect(Collectors.joining("&"));
    }

    private static List<Pair> written(String name, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Iterable<?> items) {
            List<Pair> all = new ArrayList<>();
            items.forEach(item -> all.addAll(written(name, item)));
            return all;
        }
        if (value instanceof Boolean flag) {
            return List.of(new Pair(name, flag ? "True" : "False"));
        }
        return List.of(new Pair(name, value.toString()));
    }

    /** As Python's {@code quote_plus}: what differs from the JDK's is the star and the tilde. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Query query && query.pairs.equals(pairs);
    }

    @Override
    public int hashCode() {
        return pairs.hashCode();
    }

    /** The names alone: values may be anything. */
    @Override
    public String toString() {
        return pairs.stream().map(Pair::name).collect(Collectors.joining(", ", "Query[", "]"));
    }
}
