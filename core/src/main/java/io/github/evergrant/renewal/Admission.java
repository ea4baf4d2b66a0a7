package io.github.evergrant.renewal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a login may take a session's place; called while nobody else can change the session. */
@FunctionalInterface
public interface Admission {

    /**
     * What a login brings.
     *
     * @param facts what the session room wants to know of the session later, as JSON values
     * @param keepOthers whether records of resource servers that the login does not name stay
     */
    record Admitted(Map<String, @Nullable Object> facts, boolean keepOthers) {}

    /**
     * @param before the session as it stands, if there is one
     * @throws RuntimeException to refuse; then nothing is changed
     */
    Admitted admit(Optional<Standing> before);
}
