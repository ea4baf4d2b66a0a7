package io.github.evergrant.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Evergrant alone needs of one session, kept privately beside a storage that others may write too.
 *
 * <p>One JSON object, replaced as a whole. Never part of a document that other programs write. Reading takes no lock
 * and sees a whole former or a whole newer object, also after a crash in the middle of a write. Writers take turns by
 * {@link TokenStorage#inOneStep}.
 */
public interface Journal {

    /** What was last written, as JSON values (String, Number, Boolean, List, Map, null); empty when nothing was. */
    Map<String, @Nullable Object> read();

    /**
     * Replaces the object; when this returns it is durable.
     *
     * <p>Room for a further 64 kB is kept on the medium, so that a later write of up to that much more succeeds on a
     * disk that has become full meanwhile.
     */
    void write(Map<String, @Nullable Object> state);

    /**
     * As {@link #write}, for what will hardly change any more: nothing of what was there before is left on the medium, and
     * no room is kept.
     */
    default void writeAlone(Map<String, @Nullable Object> state) {
        write(state);
    }

    /** Whether there may be an object that {@link #writeAlone} wrote. Cheap: it may say so of any other one as well. */
    default boolean mayBeLast() {
        return true;
    }

    /** Forgets the object and its room. Does nothing when there is none. */
    void delete();
}
