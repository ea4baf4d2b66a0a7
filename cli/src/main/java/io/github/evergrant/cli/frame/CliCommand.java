package io.github.evergrant.cli.frame;

import java.util.Set;

/**
 * One command, or one of a command's own.
 *
 * <p>A class with picocli's annotations and a constructor without parameters; made anew for each run.
 */
public interface CliCommand {

    /**
     * Does the work.
     *
     * <p>Says what went wrong by an {@link io.github.evergrant.error.EvergrantException} or a {@link CliProblem}.
     *
     * @return the exit code
     */
    int run(Invocation it);

    /** Whether {@code -s} may name more than one. */
    default boolean takesSeveralSessions() {
        return false;
    }

    /** Whether it can do with the session that variables of the environment hold, of which nothing is saved. */
    default boolean takesVariables() {
        return false;
    }

    /** Options and words that have their place here and are not built yet. */
    default Set<String> reserved() {
        return Set.of();
    }
}
