package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.ShellWords;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.cli.report.SessionState;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.session.Exported;
import io.github.evergrant.storage.file.StorePlace;
import io.github.evergrant.token.Secret;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a session's tokens, or keeps them in a file, as other programs read them. */
@Command(
        name = "export",
        description =
                "Prints a session's tokens as other programs read them, or writes them to a new file that is private.",
        footer = {
            "  evergrant sessions export -s tour -o tokens.json",
            "  evergrant sessions export -s tour --format globus1 | ssh host 'umask 077; cat > .globus.json'",
            "  evergrant sessions export -s tour --format token-response | evergrant --store json:other.json login globus"
                    + " -s tour --token-response-stdin",
            "  evergrant sessions export -s tastytrade --format tastytrade12 -o session.json"
        })
final class ExportCommand implements CliCommand {

    /** What other programs read, as it is called on the command line. */
    enum Format {
        GLOBUS(Exported.Format.GLOBUS),
        GLOBUS1(Exported.Format.GLOBUS1),
        TOKEN_RESPONSE(Exported.Format.TOKEN_RESPONSE),
        TASTYTRADE10(null),
        TASTYTRADE12(null);

        private final Exported.@Nullable Format meant;

        Format(Exported.@Nullable Format meant) {
            this.meant = meant;
        }

        /** @param evenRotating whether refresh tokens that are used once are given away too */
        Exported of(Invocation it, String session, boolean evenRotating) {
            return meant == null
                    ? TastytradeExport.of(it, session, this == TASTYTRADE10, evenRotating)
                    : it.door().export(session, meant, evenRotating);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which session; else as for every command.")
    private @Nullable String name;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "globus: a document of Globus' format 2.0 (the default); globus1: of format 1.0;"
                    + " token-response: a token reply, as login --token-response-stdin reads it; tastytrade10,"
                    + " tastytrade12: as Python's tastytrade library of that release deserializes.")
    private Format format = Format.GLOBUS;

    @Option(names = "-o", paramLabel = "FILE", description = "Write to this file, which must not be there yet.")
    private @Nullable String output;

    @Option(names = "--reveal", description = "Show the tokens even on a terminal.")
    private boolean reveal;

    @Option(
            names = "--with-refresh-token",
            description = "Give away refresh tokens that rotate, too: whoever uses one ends the session of the other.")
    private boolean withRefreshToken;

    @Override
    public int run(Invocation it) {
        String session = it.sessionName(name);
        if (output == null && !reveal && it.outside().terminal().showsOutput()) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "terminal_output",
                    "the tokens would be shown on the terminal; write them to a file with -o, or say that you mean it",
                    session,
                    it.again(session) + " --reveal");
        }
        it.concerns(session);
        Exported exported = format.of(it, session, withRefreshToken);
        if (output == null) {
            it.voice().print(exported.text().reveal());
        } else {
            write(it, session, it.path(output), exported.text());
        }
        warn(it, session, exported);
        return Exits.DONE;
    }

    private void write(Invocation it, String session, Path file, Secret text) {
        if (!StorePlace.of(file).makeStore(fresh -> fill(fresh, text))) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "file_exists",
                    file + " is there already, and nothing is written over",
                    session,
                    "mv " + ShellWords.line(List.of(file.toString(), free(file).toString())));
        }
        it.voice().say("The tokens of session " + session + " are in " + file + ", which is private.");
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("session", session);
            json.put("format", format);
            json.put("file", file.toString());
            it.voice().json(json);
        }
    }

    private static Path free(Path file) {
        int number = 2;
        while (Files.exists(file.resolveSibling(file.getFileName() + "." + number))) {
            number++;
        }
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static void fill(Path file, Secret text) {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write((text.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            throw new StorageFailure(Problem.of("output_unwritable", file + " cannot be written")
                    .withAdvice("check the disk")
                    .withPath(file)
                    .withCause(e));
        }
    }

    private void warn(Invocation it, String session, Exported exported) {
        if (exported.withoutRefreshTokens()) {
            it.voice()
                    .warn(
                            "refresh_tokens_left_out",
                            "the refresh tokens of session " + session
                                    + " were left out: they are used once, and whoever"
                                    + " uses one ends the session of the other; --with-refresh-token gives them away");
        }
        SessionState state = SessionReport.of(it.look(session), it.now()).state();
        if (state == SessionState.IN_DOUBT) {
            it.voice()
                    .warn(
                            "in_doubt",
                            "a renewal of session " + session + " was cut short: its refresh token may have been used");
        } else if (state == SessionState.LOGIN_REQUIRED) {
            it.voice().warn("login_required", "the tokens of session " + session + " cannot be renewed any more");
        }
    }
}
