package io.github.evergrant.providers.globus.service;

import io.github.evergrant.error.EvergrantException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The items of a long answer, fetched page by page as they are looked at; no more than one page is held.
 *
 * <p>Each iteration asks the service anew. An item that is not what was expected is left out. Iterating throws what the
 * client throws; besides, {@code reply_unreadable} when a page is no page, and {@code pages_endless} when they repeat
 * themselves, are empty one after the other, or are more than any service has. Immutable; an iterator is for one thread.
 *
 * @param <T> what the items are
 */
public final class Paged<T> implements Iterable<T> {

    /** Fetches one page. */
    @FunctionalInterface
    interface Source {
        Document fetch(Query query) throws EvergrantException;
    }

    private final Source source;
    private final Query asked;
    private final Paging paging;
    private final Troubles troubles;
    private final long most;
    private final Function<Document, Optional<T>> reader;

    private Paged(
            Source source,
            Query asked,
            Paging paging,
            Troubles troubles,
            long most,
            Function<Document, Optional<T>> reader) {
        this.source = source;
        this.asked = asked;
        this.paging = paging;
        this.troubles = troubles;
        this.most = most;
        this.reader = reader;
    }

    static Paged<Document> of(Source source, Query asked, Paging paging, Troubles troubles) {
        return new Paged<>(
                source,
                asked,
                paging,
                troubles,
                Long.MAX_VALUE,
                item -> item.value() instanceof Map<?, ?> ? Optional.of(item) : Optional.empty());
    }

    /** The same items as something else; those that cannot be read so are left out. */
    public <R> Paged<R> as(Function<T, Optional<R>> next) {
        Objects.requireNonNull(next, "next");
        return new Paged<>(
                source,
                asked,
                paging,
                troubles,
                most,
                item -> reader.apply(item).flatMap(next));
    }

    /** No more than the first so many. */
    public Paged<T> atMost(long items) {
        if (items < 0) {
            throw new IllegalArgumentException("fewer than none: " + items);
        }
        return new Paged<>(source, asked, paging, troubles, Math.min(most, items), reader);
    }

    /** The pages as they came; {@link #atMost} does not count here. */
    public Iterable<Document> pages() {
        return () -> new Pages(source, asked, paging, troubles);
    }

    @Override
    public Iterator<T> iterator() {
        return stream().iterator();
    }

    public Stream<T> stream() {
        // The limit comes last: it ends the stream before a page is asked for that nobody wants.
        return StreamSupport.stream(pages().spliterator(), false)
                .flatMap(page -> items(page).stream())
                .map(reader)
                .flatMap(Optional::stream)
                .limit(most);
    }

    public List<T> toList() {
        return stream().toList();
    }

    private List<Document> items(Document page) {
        return page.at(paging.items()).items();
    }
}
