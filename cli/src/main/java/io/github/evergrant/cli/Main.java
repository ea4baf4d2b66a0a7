package io.github.evergrant.cli;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.ErrorReport;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Globals;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.log.LineLogging;
import io.github.evergrant.cli.log.Logs;
import io.github.evergrant.cli.quick.QuickWords;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The program. */
public final class Main {

    private static final String LOG = "EVERGRANT_LOG";

    private Main() {}

    public static void main(String[] words) {
        LineLogging.announce();
        int code = run(Outside.real(), words);
        HttpThreads.end();
        // Not System.exit: all is closed, and there is nothing left that a hook could do.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command line and returns its exit code. Nothing is left open. */
    static int run(Outside outside, String... words) {
        Globals globals = new Globals();
        int code;
        Logs.to(outside.err(), outside.variable(LOG));
        try (Invocation it = new Invocation(outside, globals, List.of(words))) {
            try {
                code = run(it, globals, words);
            } catch (RuntimeException | Error e) {
                code = new ErrorReport(it).of(e);
            }
        }
        outside.err().flush();
        if (outside.out().checkError() && code == Exits.DONE) {
            // A full disk, or a reader that has gone: a script must not take half a token for a whole one.
            outside.err().println("evergrant: standard output could not be written");
            outside.err().flush();
            return Exits.UNFORESEEN;
        }
        return code;
    }

    /** From the jar's manifest; classes in a folder have none. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private static int run(Invocation it, Globals globals, String... words) {
        Optional<CliCommand> quick = QuickWords.read(globals, words);
        if (quick.isEmpty()) {
            return parse(it, globals, words);
        }
        requireSound(it, globals, quick.get());
        return quick.get().run(it);
    }

    private static int parse(Invocation it, Globals globals, String... words) {
        CommandLine.ParseResult parsed = new CommandLineReader(globals).read(words);
        boolean bare = !parsed.hasSubcommand();
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (globals.version()) {
            it.voice().print("evergrant " + version());
            return Exits.DONE;
        }
        if (globals.help() || bare) {
            it.voice().print(bare ? Help.root() : Help.of(last.commandSpec()));
            return Exits.DONE;
        }
        CliCommand command = (CliCommand) last.commandSpec().userObject();
        requireSound(it, globals, command);
        return command.run(it);
    }

    /** What is set for every command, and means nothing, is not taken for what it may have meant. */
    private static void requireSound(Invocation it, Globals globals, CliCommand command) {
        it.requireSound();
        if (!Logs.knows(it.outside().variable(LOG))) {
            throw CliProblem.usage(LOG + " is none of trace, debug, info, warn, error");
        }
        if (globals.severalSessions() && !command.takesSeveralSessions()) {
            throw CliProblem.usage("two different sessions are named, and one is meant");
        }
        if (command.takesVariables()) {
            it.takeVariables();
        }
    }
}
