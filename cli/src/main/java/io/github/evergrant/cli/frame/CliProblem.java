package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import org.jspecify.annotations.Nullable;

/** Something that only the command line can have wrong, with the exact command to run next. */
public final class CliProblem extends RuntimeException {

    private final int exit;
    private final String code;
    private final @Nullable String session;
    private final @Nullable String run;

    private CliProblem(int exit, String code, String message, @Nullable String session, @Nullable String run) {
        super(message);
        this.exit = exit;
        this.code = code;
        this.session = session;
        this.run = run;
    }

    /**
     * @param exit one of {@link Exits}
     * @param code stable, in {@code snake_case}
     * @param message one sentence without a full stop; never a secret
     * @param session the session concerned, or null
     * @param run the command to run next, or null
     */
    public static CliProblem of(int exit, String code, String message, @Nullable String session, @Nullable String run) {
        return new CliProblem(exit, code, message, session, run);
    }

    /** A wrong command line, whose next command is the command's help. */
    public static InvalidInput usage(String message) {
        return new InvalidInput(Problem.of("usage", message));
    }

    /** What has its place and is not built yet. */
    public static InvalidInput notBuilt(String what) {
        return new InvalidInput(Problem.of("not_built_yet", what + " is not built yet"));
    }

    public int exit() {
        return exit;
    }

    public String code() {
        return code;
    }

    public @Nullable String session() {
        return session;
    }

    public @Nullable String run() {
        return run;
    }
}
