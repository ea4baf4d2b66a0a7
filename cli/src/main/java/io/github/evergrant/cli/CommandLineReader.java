package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Durations;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Reads a command line with picocli, of whose commands only the one that was called is made. */
final class CommandLineReader {

    private static final Set<String> WITH_VALUE =
            Set.of("-s", "--session", "--store", "--color", "--timeout", "--ca-file");

    private final Globals globals;

    CommandLineReader(Globals globals) {
        this.globals = globals;
    }

    /** @throws InvalidInput when it cannot be read */
    CommandLine.ParseResult read(String... words) {
        String name = command(words);
        CommandSpec root = CommandSpec.create().name("evergrant");
        globals.addTo(root);
        CliCommand command = null;
        if (name != null) {
            command = make(name);
            CommandSpec spec = CommandSpec.forAnnotatedObject(command);
            addGlobals(spec);
            root.addSubcommand(name, spec);
        }
        CommandLine line = new CommandLine(root)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, CommandLineReader::duration);
        try {
            return line.parseArgs(words);
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw unmatched(e, command, name);
        } catch (CommandLine.ParameterException e) {
            throw CliProblem.usage(String.valueOf(e.getMessage()));
        }
    }

    private static CliCommand make(String name) {
        if (Commands.RESERVED.contains(name)) {
            throw CliProblem.of(
                    Exits.USAGE, "not_built_yet", "evergrant " + name + " is not built yet", null, "evergrant --help");
        }
        return Commands.named(name)
                .orElseThrow(
                        () -> new InvalidInput(Problem.of("unknown_command", "there is no command '" + name + "'")))
                .make()
                .get();
    }

    private void addGlobals(CommandSpec spec) {
        globals.addTo(spec);
        spec.subcommands().values().forEach(each -> addGlobals(each.getCommandSpec()));
    }

    /** Of what did not fit only the first word, and of that no value: it may be a secret that has no business there. */
    private static InvalidInput unmatched(
            CommandLine.UnmatchedArgumentException e, @Nullable CliCommand command, @Nullable String name) {
        String word = e.getUnmatched().get(0);
        String shown = word.startsWith("-") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        if (command != null && command.reserved().contains(shown)) {
            throw CliProblem.notBuilt("evergrant " + name + " " + shown);
        }
        return CliProblem.usage(
                word.startsWith("-") ? "unknown option '" + shown + "'" : "'" + shown + "' is one word too many");
    }

    /** The first word that is neither an option nor an option's value; the launcher looks for it in the same way. */
    private static @Nullable String command(String... words) {
        boolean value = false;
        for (String word : words) {
            if (value) {
                value = false;
            } else if (WITH_VALUE.contains(word)) {
                value = true;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return null;
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }
}
