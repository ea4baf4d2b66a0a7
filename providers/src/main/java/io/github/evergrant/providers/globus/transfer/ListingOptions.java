package io.github.evergrant.providers.globus.transfer;

import io.github.evergrant.providers.globus.service.Query;
import java.util.Objects;

/**
 * What is wanted of a directory.
 *
 * @param hidden whether names with a dot in front are wanted too
 * @param more further parameters as Globus' reference names them: {@code orderby}, {@code filter}, {@code limit},
 *     {@code offset}
 */
public record ListingOptions(boolean hidden, Query more) {

    /** Everything, in the service's order. */
    public static final ListingOptions ALL = new ListingOptions(true, Query.NONE);

    public ListingOptions {
        Objects.requireNonNull(more, "more");
    }

    public ListingOptions withoutHidden() {
        return new ListingOptions(false, more);
    }

    public ListingOptions with(String parameter, Object value) {
        return new ListingOptions(hidden, more.with(parameter, value));
    }

    Query query() {
        return (hidden ? Query.NONE : Query.of("show_hidden", 0)).with(more);
    }
}
