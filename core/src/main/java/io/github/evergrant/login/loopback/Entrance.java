package io.github.evergrant.login.loopback;

import java.net.URI;
import java.util.Objects;

/** A form that a person fills in before they are sent away. Safe for many threads. */
public interface Entrance {

    /** The form, as it is first seen. */
    Page form();

    /**
     * What somebody sent from it.
     *
     * @param encoded as {@code application/x-www-form-urlencoded}; it may be anything
     */
    Outcome submitted(String encoded);

    /** What becomes of a form that was sent. */
    sealed interface Outcome {

        /** The browser goes on to there. */
        record Onward(URI to) implements Outcome {
            public Onward {
                Objects.requireNonNull(to, "to");
            }
        }

        /** Something is missing: the form once more, which says so. */
        record Again(Page form) implements Outcome {
            public Again {
                Objects.requireNonNull(form, "form");
            }
        }

        /** It was not sent from our form. */
        record Foreign() implements Outcome {}
    }
}
