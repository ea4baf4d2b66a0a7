package io.github.evergrant.renewal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a login may take a session's place; called while nobody else can change the session. */
@FunctionalInterface
public interface Admission {

    /** Which of the records that are there stay. */
    enum Keep {
        /** None: the login is another account's, or another client's. */
        NONE,
        /** Those of resource servers that the login does not name. */
        OTHERS,
        /** All: the login only fills what is missing. */
        ALL
    }

    /**
     * What a login brings.
     *
     * @param facts what the session room wants to know of the session later, as JSON values
     * @param keep what stays of the session before
     */
    record Admitted(Map<String, @Nullable Object> facts, Keep keep) {

        /** Without the facts, which hold a client's secret. */
        @Override
        public String toString() {
            return "Admitted[" + keep + "]";
        }
    }

    /**
     * @param before the session as it stands, if there is one
     * @throws RuntimeException to refuse; then nothing is changed
     */
    Admitted admit(Optional<Standing> before);
}
