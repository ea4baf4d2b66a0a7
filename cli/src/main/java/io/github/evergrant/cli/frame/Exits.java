package io.github.evergrant.cli.frame;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.util.Set;

/** The exit codes, each a thing that a script can do about it. */
public final class Exits {

    public static final int DONE = 0;
    public static final int UNFORESEEN = 1;
    /** Fix the command or the configuration. */
    public static final int USAGE = 2;
    /** A human must log in. */
    public static final int LOGIN_NEEDED = 4;
    /** The provider said no, and retrying will not help. */
    public static final int REFUSED = 5;
    /** Storage or lock trouble. */
    public static final int STORAGE = 6;
    /** Retry later; the session is intact. */
    public static final int TEMPORARY = 7;
    /** A login was not completed. */
    public static final int LOGIN_FAILED = 8;

    public static final int INTERRUPTED = 130;

    /** Failed logins that another command line would have avoided. */
    private static final Set<String> WRONG_NAME = Set.of("other_account", "other_provider", "wrong_account");

    private Exits() {}

    /** The exit code of a failure. */
    public static int of(EvergrantException e) {
        if (e.code().equals("interrupted")) {
            return INTERRUPTED;
        }
        if (e instanceof InvalidInput) {
            return USAGE;
        }
        if (e instanceof LoginRequired) {
            return LOGIN_NEEDED;
        }
        if (e instanceof ProviderRefused) {
            return REFUSED;
        }
        if (e instanceof StorageFailure) {
            return STORAGE;
        }
        if (e instanceof TemporarilyUnavailable) {
            return TEMPORARY;
        }
        if (e instanceof LoginFailed) {
            return WRONG_NAME.contains(e.code()) ? USAGE : LOGIN_FAILED;
        }
        throw new AssertionError(e);
    }
}
