package io.github.evergrant.cli.sessions;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.ForeignFile;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.cli.report.SessionReport;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.providers.tastytrade.TastytradeProvider;
import io.github.evergrant.providers.tastytrade.saved.CommandLineGrant;
import io.github.evergrant.providers.tastytrade.saved.SerializedSession;
import io.github.evergrant.providers.tastytrade.saved.SerializedSessions;
import io.github.evergrant.session.Session;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a session over that a Python program serialized, or the grant that its command line is configured with. Neither is a
 * store that others renew in, so that it is always copied. Sends nothing.
 */
final class TastytradeImport {

    static final String PROGRAM = "tastytrade";

    private static final long MOST = 1 << 20;

    private final Invocation it;
    private final Path file;
    private final SerializedSession found;

    private TastytradeImport(Invocation it, Path file, SerializedSession found) {
        this.it = it;
        this.file = file;
        this.found = found;
    }

    /** @return nothing when neither the file nor the program is of this kind */
    static Optional<TastytradeImport> of(Invocation it, @Nullable String named, @Nullable String from) {
        if (PROGRAM.equals(from)) {
            if (named != null) {
                throw CliProblem.usage("--from tastytrade takes no file; a session that was serialized is imported by"
                        + " its file alone");
            }
            Path file = CommandLineGrant.file(Path.of(it.outside().variable("HOME")));
            if (it.sandbox().isPresent()) {
                throw new InvalidInput(Problem.of(
                                "real_session_in_sandbox",
                                "EVERGRANT_SANDBOX is set, and the grant in " + file
                                        + " is a real one: it stays away from the sandbox; nothing was imported")
                        .withPath(file));
            }
            byte[] content = content(file);
            if (content == null) {
                throw new StorageFailure(Problem.of("store_missing", "there is no file " + file)
                        .withAdvice("import the file of a serialized session by its path")
                        .withPath(file));
            }
            String text = new String(content, StandardCharsets.UTF_8);
            return Optional.of(new TastytradeImport(it, file, CommandLineGrant.read(text)));
        }
        byte[] content = named == null || from != null ? null : content(it.path(named));
        if (named == null || content == null) {
            return Optional.empty();
        }
        Path file = it.path(named);
        if (isPickle(content)) {
            throw CliProblem.of(
                    Exits.USAGE,
                    "pickle_refused",
                    file + " is a pickle, which is a program that Python runs; it is not read",
                    null,
                    it.nextCommand().line("sessions", "import", "--from", PROGRAM));
        }
        return SerializedSessions.isOne(content)
                ? Optional.of(new TastytradeImport(it, file, SerializedSessions.read(content)))
                : Optional.empty();
    }

    /** As Python has written them since 3.4; no text and no database begins so. */
    private static boolean isPickle(byte[] content) {
        return content.length > 2 && content[0] == (byte) 0x80 && content[1] >= 2 && content[1] <= 5;
    }

    private static byte @Nullable [] content(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            // Whoever opens it as a store says what is wrong with it.
            return null;
        }
    }

    int run() {
        String name = it.namedSession()
                .map(SessionNames::checked)
                .orElse(PROGRAM + (found.test() ? "-" + TastytradeProvider.CERTIFICATION : ""));
        it.concerns(name);
        ForeignFile.requirePrivate(it, file, "the file of a session with tastytrade");
        TokenData tokens = found.tokens();
        try (MemoryTokenStorage source = MemoryTokenStorage.create()) {
            source.replace(name, Map.of(), Map.of(tokens.resourceServer(), tokens));
            it.door().copyFrom(source, name, name, found.origin(it.sandbox().orElse(null)));
        }
        it.voice().say("Session " + name + " is copied from " + file + ".");
        Session session = it.look(name);
        boolean renewable = found.refresh() != null
                && (found.password() ? found.account().username() != null : found.clientSecret() != null);
        if (!renewable) {
            it.voice().warn("not_renewable", "session " + name + " can be used until its token ends, and not longer");
        } else if (found.password()) {
            it.voice()
                    .warn(
                            "shared_refresh_token",
                            "two programs have the same remember token now, which works once: the one that renews first"
                                    + " ends the other");
        }
        if (it.json()) {
            it.voice().json(SessionReport.of(session, it.now()).json(it.storage(name)));
        }
        return Exits.DONE;
    }
}
