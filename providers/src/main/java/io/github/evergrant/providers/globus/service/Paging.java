package io.github.evergrant.providers.globus.service;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a service gives a long answer in pages. Immutable.
 *
 * @param items the field of a page that has its items
 * @param start completes the parameters of the first page
 * @param next the parameters of the page after one that was read, if there is one
 */
public record Paging(String items, Start start, Next next) {

    private static final String MARKER = "marker";
    private static final String NEXT_PAGE = "has_next_page";

    /** Completes the parameters of the first page. */
    @FunctionalInterface
    public interface Start {
        Query of(Query asked);
    }

    /** What comes after a page. */
    @FunctionalInterface
    public interface Next {

        /**
         * The parameters of the next page; empty after the last one.
         *
         * @param asked those of this page
         * @throws MalformedPage when the page does not say whether there is another
         */
        Optional<Query> after(Document page, Query asked) throws MalformedPage;
    }

    public Paging {
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(next, "next");
    }

    /** By limit and offset, until {@code has_next_page} is false: Transfer's search. */
    public static Paging hasNextPage(String items, int pageSize, int most) {
        return new Offsets(pageSize, most, page -> count(page, items))
                .paging(items, (page, offset) -> hasNext(page).orElseThrow(() -> new MalformedPage(NEXT_PAGE)));
    }

    /** The same where the page says in {@code count} how far it goes: Search. */
    public static Paging hasNextPageCounted(String items, int pageSize, int most) {
        return new Offsets(pageSize, most, page -> page.number("count").orElseThrow(() -> new MalformedPage("count")))
                .paging(items, (page, offset) -> hasNext(page).orElseThrow(() -> new MalformedPage(NEXT_PAGE)));
    }

    /**
     * By limit and offset, until the offset has reached {@code total}, or a page is empty because the list has become
     * shorter meanwhile: Transfer's lists of tasks.
     */
    public static Paging total(String items, int pageSize, int most) {
        return new Offsets(pageSize, most, page -> count(page, items)).paging(items, (page, offset) -> {
            long total = page.number("total").orElseThrow(() -> new MalformedPage("total"));
            return offset < total && count(page, items) > 0;
        });
    }

    /** By a marker, as long as {@code has_next_page} is true: Flows, Globus Connect Server, Search's scroll. */
    public static Paging marker(String items) {
        return marked(items, MARKER, MARKER, true);
    }

    /** By a marker, as long as there is one. */
    public static Paging nullableMarker(String items, String field) {
        return marked(items, field, MARKER, false);
    }

    /** By {@code next_token}, as long as there is one: Transfer's list of shared endpoints. */
    public static Paging nextToken(String items) {
        return marked(items, "next_token", "next_token", false);
    }

    /** By {@code last_key}, as long as {@code has_next_page} is true: Transfer's tasks of a managed endpoint. */
    public static Paging lastKey(String items) {
        return marked(items, "last_key", "last_key", true);
    }

    /** By the query of {@code links.next} (JSON:API); the rest of that address is not followed. */
    public static Paging links(String items) {
        return new Paging(items, asked -> asked, (page, asked) -> {
            Document links = page.at("links");
            String address =
                    links.text("next").or(() -> links.at("next").text("href")).orElse("");
            int query = address.indexOf('?');
            String behind = query < 0 ? "" : address.substring(query + 1).split("#", 2)[0];
            return address.isEmpty() ? Optional.empty() : Optional.of(Query.parse(behind));
        });
    }

    private static Paging marked(String items, String field, String parameter, boolean told) {
        Predicate<Document> isLast = told
                ? page -> !hasNext(page).orElse(false)
                : page -> page.fields().get(field) == null;
        return new Paging(items, asked -> asked, (page, asked) -> {
            if (isLast.test(page)) {
                return Optional.empty();
            }
            Object marker = page.fields().get(field);
            if (marker instanceof String || marker instanceof Number) {
                return Optional.of(asked.with(parameter, marker));
            }
            throw new MalformedPage(field);
        });
    }

    private static long count(Document page, String items) {
        return page.at(items).items().size();
    }

    /** Nothing when the page does not say so. */
    private static Optional<Boolean> hasNext(Document page) {
        Object next = page.fields().get(NEXT_PAGE);
        if (next == null || next instanceof Boolean) {
            return Optional.ofNullable((Boolean) next);
        }
        throw new MalformedPage(NEXT_PAGE);
    }
}
