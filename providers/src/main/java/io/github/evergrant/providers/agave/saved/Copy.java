package io.github.evergrant.providers.agave.saved;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the records that a session may have in the files.
 *
 * @param place where it stands
 * @param fields what stands there
 */
record Copy(Place place, Map<String, @Nullable Object> fields) {

    /**
     * The freshest first: by when the tokens came; of two that came in one second, the one that programs write oftenest
     * (docs/protocols/agave.md section 8.2).
     */
    static final Comparator<Copy> FRESHEST_FIRST = Comparator.<Copy>comparingLong(
                    copy -> -Fields.createdAt(copy.fields))
            .thenComparing(copy -> !Fields.hasTokens(copy.fields))
            .thenComparingInt(copy -> copy.place.rank());

    /** Where a record stands. */
    sealed interface Place {

        /** Whom to believe first, when times say nothing. */
        int rank();

        /** The file {@code current}: the object, or an element of the array, counted from 0. */
        record CurrentFile(int index) implements Place {
            @Override
            public int rank() {
                return 0;
            }
        }

        /** {@code current} in {@code config.json}, under a client's name; null when the record itself stands there. */
        record InUse(@Nullable String client) implements Place {
            @Override
            public int rank() {
                return 1;
            }
        }

        /**
         * {@code sessions} in {@code config.json}.
         *
         * @param path the three names on the way to it
         * @param strange whether the record says that it is another session's
         */
        record Session(SessionName path, boolean strange) implements Place {
            @Override
            public int rank() {
                return strange ? 3 : 2;
            }
        }

        /** A file that is only read: {@code .agpy}. */
        record Imported() implements Place {
            @Override
            public int rank() {
                return 4;
            }
        }
    }

    /** Whether it stands where only the session in use has a place. */
    boolean isInUse() {
        return place instanceof Place.CurrentFile || place instanceof Place.InUse;
    }
}
