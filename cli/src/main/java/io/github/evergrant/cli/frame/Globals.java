package io.github.evergrant.cli.frame;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options that every command has, before its name or after it.
 *
 * <p>Written by the parser, or by whoever reads without it. Both places write here, and what stands further right wins.
 */
public final class Globals {

    /** When to use colours. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Nullable
    String session;

    @Nullable
    String store;

    @Nullable
    Path caFile;

    @Nullable
    Duration timeout;

    Color color = Color.AUTO;
    boolean json;
    boolean quiet;
    boolean verbose;
    boolean noInput;
    boolean insecure;
    boolean strictPermissions;
    boolean help;
    boolean version;
    boolean severalSessions;

    /** @throws io.github.evergrant.error.InvalidInput when a setting of all commands means nothing */
    void requireSound(Outside outside) {
        if (!Set.of("", "auto", "never").contains(outside.variable("EVERGRANT_PROMPT"))) {
            throw CliProblem.usage("EVERGRANT_PROMPT is neither auto nor never");
        }
        if (timeout != null && timeout.isZero()) {
            throw CliProblem.usage("--timeout must be longer than nothing");
        }
        if (session != null) {
            SessionNames.known(session);
        }
    }

    /** Whether what is printed may have colours. */
    boolean colored(Outside outside) {
        if (color != Color.AUTO) {
            return color == Color.ALWAYS;
        }
        String forced = outside.variable("CLICOLOR_FORCE");
        if (!outside.variable("NO_COLOR").isEmpty()) {
            return false;
        }
        return (!forced.isEmpty() && !forced.equals("0")) || outside.terminal().showsOutput();
    }

    /** Gives a command these options; its help does not repeat them. A letter that the command has for itself stays. */
    public void addTo(CommandSpec command) {
        new GlobalOptions(this).addTo(command);
    }

    void nameSession(String name) {
        severalSessions |= session != null && !session.equals(name);
        session = name;
    }

    /** Notes the session as {@code -s} does; null for none. */
    public void chooseSession(@Nullable String name) {
        session = name;
    }

    /** Notes how long to wait as {@code --timeout} does; null for nothing. */
    public void choosePatience(@Nullable Duration patience) {
        timeout = patience;
    }

    /** Asks for JSON as {@code --json} does. */
    public void chooseJson() {
        json = true;
    }

    public boolean help() {
        return help;
    }

    /** Whether two different sessions were named. */
    public boolean severalSessions() {
        return severalSessions;
    }

    public boolean version() {
        return version;
    }
}
