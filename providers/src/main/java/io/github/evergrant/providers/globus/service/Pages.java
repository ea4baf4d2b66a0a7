package io.github.evergrant.providers.globus.service;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Fetches one page after the other, and stops when a service does not. For one thread. */
final class Pages implements Iterator<Document> {

    private static final int MOST_PAGES = 10_000;
    private static final int MOST_EMPTY = 100;
    private static final int LONGEST = 8192;

    private final Paged.Source source;
    private final Paging paging;
    private final Troubles troubles;
    private final Set<Query> seen = new HashSet<>();
    private Optional<Query> next;
    private int empty;

    Pages(Paged.Source source, Query asked, Paging paging, Troubles troubles) {
        this.source = source;
        this.paging = paging;
        this.troubles = troubles;
        this.next = Optional.of(paging.start().of(asked));
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public Document next() {
        Query asked = next.orElseThrow(NoSuchElementException::new);
        requireProgress(asked);
        Document page = source.fetch(asked);
        try {
            if (!(page.fields().get(paging.items()) instanceof List<?> items)) {
                throw new MalformedPage(paging.items());
            }
            empty = items.isEmpty() ? empty + 1 : 0;
            next = paging.next().after(page, asked);
        } catch (MalformedPage e) {
            throw troubles.unreadable(String.valueOf(e.getMessage()));
        }
        return page;
    }

    private void requireProgress(Query asked) {
        if (!seen.add(asked)) {
            throw troubles.endless("one of them leads back to one before it");
        }
        if (seen.size() > MOST_PAGES) {
            throw troubles.endless("there are more than " + MOST_PAGES);
        }
        if (empty >= MOST_EMPTY) {
            throw troubles.endless(MOST_EMPTY + " of them in a row are empty");
        }
        if (asked.encoded().length() > LONGEST) {
            throw troubles.endless("the way to the next one is too long to be asked for");
        }
    }
}
