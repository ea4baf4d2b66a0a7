package io.github.evergrant.cli.frame;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;

/** What a new session may be called: anything that can be typed, read and given to {@code -s}. */
public final class SessionNames {

    private static final int MOST = 100;

    private SessionNames() {}

    /**
     * The name of a session that there may be: other programs are freer in choosing one.
     *
     * @throws InvalidInput {@code bad_session_name} when nothing of it can be seen, or not all of it
     */
    public static String known(String name) {
        if (name.isBlank() || !Printable.isClean(name)) {
            throw new InvalidInput(Problem.of(
                    "bad_session_name",
                    name.isBlank()
                            ? "the name of a session is needed, and it is empty"
                            : "'" + name + "' cannot be the name of a session: not all of it can be seen"));
        }
        return name;
    }

    /** @throws InvalidInput {@code bad_session_name} */
    public static String checked(String name) {
        boolean good = !name.isEmpty()
                && name.length() <= MOST
                && !name.startsWith("-")
                && name.equals(name.strip())
                && Printable.isClean(name);
        if (!good) {
            throw new InvalidInput(Problem.of(
                    "bad_session_name",
                    "'" + name + "' cannot be the name of a session: use 1 to " + MOST
                            + " visible characters, the first no hyphen"));
        }
        return name;
    }
}
