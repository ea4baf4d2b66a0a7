package io.github.evergrant.providers.globus.service;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/**
 * Pages by limit and offset, with the numbers of {@code globus_sdk}.
 *
 * @param pageSize how many items a page is asked to have, unless whoever asks wants fewer by {@code limit}
 * @param most how many items the service gives at all
 * @param size how many a page has: a service may give fewer than it was asked for
 */
record Offsets(int pageSize, int most, ToLongFunction<Document> size) {

    private static final String LIMIT = "limit";
    private static final String OFFSET = "offset";

    Offsets {
        if (pageSize < 1 || most < 1) {
            throw new IllegalArgumentException("a page has at least one item");
        }
    }

    /** @param more whether there are items from an offset on, by what a page says */
    Paging paging(String items, BiPredicate<Document, Long> more) {
        return new Paging(items, asked -> from(asked, start(asked)), (page, asked) -> {
            long offset = start(asked) + Math.max(0, size.applyAsLong(page));
            return offset < most && more.test(page, offset) ? Optional.of(from(asked, offset)) : Optional.empty();
        });
    }

    private Query from(Query asked, long offset) {
        long size = number(asked, LIMIT)
                .filter(limit -> limit > 0 && limit < pageSize)
                .orElse((long) pageSize);
        return asked.with(LIMIT, Math.min(size, Math.max(1, most - offset))).with(OFFSET, offset);
    }

    private static long start(Query asked) {
        return number(asked, OFFSET).orElse(0L);
    }

    private static Optional<Long> number(Query asked, String name) {
        return Optional.ofNullable(asked.first(name))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf);
    }
}
