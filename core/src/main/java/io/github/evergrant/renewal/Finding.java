package io.github.evergrant.renewal;

import io.github.evergrant.error.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it should be with what is kept.
 *
 * @param problem what it is, with a stable code
 * @param about what else it concerns: the resource server of a renewal, the new name of a renaming, the address that a
 *     session was on its way to; or null
 */
public record Finding(Problem problem, @Nullable String about) {

    public Finding {
        Objects.requireNonNull(problem, "problem");
    }
}
