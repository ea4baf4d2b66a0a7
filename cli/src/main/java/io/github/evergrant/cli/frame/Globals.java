package io.github.evergrant.cli.frame;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that every command has, before its name or after it.
 *
 * <p>Written by the parser alone. Both places write here, and what stands further right wins.
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
        boolean free = command.findOption("-s") == null;
        String[] names = free ? new String[] {"-s", "--session"} : new String[] {"--session"};
        command.addOption(value("NAME", String.class, this::nameSession, names));
        command.addOption(value("ADDRESS", String.class, text -> store = text, "--store"));
        command.addOption(value("WHEN", Color.class, when -> color = when, "--color"));
        command.addOption(value("D", Duration.class, duration -> timeout = duration, "--timeout"));
        command.addOption(value("F", Path.class, file -> caFile = file, "--ca-file"));
        command.addOption(flag(() -> json = true, "--json"));
        command.addOption(flag(() -> quiet = true, "-q", "--quiet"));
        command.addOption(flag(() -> verbose = true, "-v", "--verbose"));
        command.addOption(flag(() -> noInput = true, "--no-input"));
        command.addOption(flag(() -> insecure = true, "--insecure-skip-tls-verify"));
        command.addOption(flag(() -> strictPermissions = true, "--strict-permissions"));
        command.addOption(OptionSpec.builder(flag(() -> help = true, "-h", "--help"))
                .usageHelp(true)
                .build());
        command.addOption(OptionSpec.builder(flag(() -> version = true, "--version"))
                .versionHelp(true)
                .build());
    }

    private void nameSession(String name) {
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

    private static <T> OptionSpec value(String label, Class<T> type, Consumer<T> to, String... names) {
        OptionSpec.Builder option = OptionSpec.builder(names)
                .paramLabel(label)
                .arity("1")
                .type(type)
                .hidden(true)
                .setter(new Taking<>(type, to));
        T[] values = type.getEnumConstants();
        if (values != null) {
            option.completionCandidates(Arrays.stream(values)
                    .map(each -> each.toString().toLowerCase(Locale.ROOT))
                    .toList());
        }
        return option.build();
    }

    private static OptionSpec flag(Runnable set, String... names) {
        return OptionSpec.builder(names)
                .arity("0")
                .type(boolean.class)
                .hidden(true)
                .setter(new Taking<>(Boolean.class, on -> {
                    if (on) {
                        set.run();
                    }
                }))
                .build();
    }

    /** The parser clears every option before it reads the words of a command: that must not undo what it read before. */
    private record Taking<T>(Class<T> type, Consumer<T> to) implements ISetter {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <V> @Nullable V set(@Nullable V value) {
            if (value != null) {
                to.accept(type.cast(value));
            }
            return null;
        }
    }
}
