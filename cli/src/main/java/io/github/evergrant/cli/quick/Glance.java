package io.github.evergrant.cli.quick;

import io.github.evergrant.cli.frame.Directories;
import io.github.evergrant.cli.frame.Outside;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.http.HttpSettings;
import io.github.evergrant.providers.agave.saved.AgaveFolder;
import io.github.evergrant.providers.agave.saved.EnvironmentSession;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.Reporter;

/**
 * Prints the token of a JSON file or an SQLite database that is plainly good to send, for {@code exec} as variables with which
 * the launcher starts the program, or nothing at all: then {@link io.github.evergrant.cli.Main} is to be asked, who knows all
 * cases.
 *
 * <p>A program of its own, which loads nothing else: no JSON binding, no cryptography, no network, no logging, no lambda; of the
 * SQLite driver, what reads. What it prints, {@code Main} would print.
 */
public final class Glance {

    /** What it ends with when it says nothing. */
    static final int NOTHING = 1;

    /** The same when that is because a successor is due, or soon will be: the launcher reads this. */
    static final int SPENT = 3;

    /** How long before its end a token is spent at most, in seconds (docs/renewal.md section 2). */
    private static final long MARGIN = 60;

    private static final String[] NOT_SEEN = {
        "EVERGRANT_SANDBOX",
        "EVERGRANT_LOG",
        EnvironmentSession.TAPIS_TOKEN,
        EnvironmentSession.ACTOR_TOKEN,
        "GLOBUS_SDK_VERIFY_SSL"
    };

    private static final String[] PROXIES = {"HTTPS_PROXY", "https_proxy"};

    private static final String JSON = "json:";
    private static final String SQLITE = "sqlite:";

    private Glance() {}

    public static void main(String[] words) {
        silence();
        Runtime.getRuntime().halt(run(Outside.real(), words));
    }

    /** The SQLite driver would look for a log to write into, which takes longer than to be told that there is none. */
    public static void silence() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "ERROR");
    }

    private static int run(Outside outside, String... words) {
        String seen = seen(outside, words);
        if (seen == null) {
            return NOTHING;
        }
        if (seen.isEmpty()) {
            return SPENT;
        }
        return print(seen) ? 0 : NOTHING;
    }

    /** Not closed: the process ends. */
    private static boolean print(String lines) {
        try {
            new FileOutputStream(FileDescriptor.out).write(lines.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What to print; null when there is more to it. */
    public static @Nullable String lines(Outside outside, String... words) {
        String seen = seen(outside, words);
        return seen == null || seen.isEmpty() ? null : seen;
    }

    /** What to print, with its line ends; null when there is more to it, empty when that is a successor. */
    private static @Nullable String seen(Outside outside, String... words) {
        QuickWords read = QuickWords.of(words);
        try {
            requireSound(outside);
            return read != null && read.wantsToken() && read.isPatient() && !isMoreSet(outside)
                    ? seen(outside, read)
                    : null;
        } catch (IOException | RuntimeException e) {
            // Who is asked next says what is wrong.
            return null;
        }
    }

    private static @Nullable String seen(Outside outside, QuickWords words) throws IOException {
        SeenSession session = session(outside, words);
        SeenRecord record = session == null ? null : session.record(words.resourceServer());
        if (session == null || record == null) {
            return null;
        }
        if (!isGood(outside, record)) {
            return "";
        }
        return words.isToken() ? record.line(words.isHeader()) : SeenVariables.lines(outside, words, session, record);
    }

    private static boolean isGood(Outside outside, SeenRecord record) {
        return record.end() > outside.clock().millis() / 1000 + MARGIN;
    }

    private static @Nullable SeenSession session(Outside outside, QuickWords words) throws IOException {
        Directories directories = Directories.of(outside);
        String address = outside.variable("EVERGRANT_STORE");
        if (address.isEmpty()) {
            address = directories.defaultStore();
        }
        String scheme = address.startsWith(SQLITE) ? SQLITE : JSON;
        if (!address.startsWith(scheme) || address.length() == scheme.length()) {
            return null;
        }
        Path store = Directories.path(outside, address.substring(scheme.length()));
        address = scheme.concat(store.toString());
        boolean usual = address.equals(directories.defaultStore());
        String named = named(outside, words);
        // Adopted sessions come first; whoever looks for the only one or the chosen one sees those of Agave's programs
        // too.
        if (usual && (Files.exists(directories.adoptions()) || (named.isEmpty() && isBesideAgave(outside)))) {
            return null;
        }
        try (Sight sight = scheme.equals(SQLITE) ? DatabaseSight.at(store) : FileSight.at(store)) {
            return sight == null ? null : SeenSession.at(sight, named.isEmpty() ? chosen(directories, address) : named);
        }
    }

    /** A proxy is not needed here, and one that is none is refused all the same. */
    private static void requireSound(Outside outside) {
        if (isSet(outside, PROXIES)) {
            HttpSettings.fromEnvironment(outside.environment());
        }
    }

    private static boolean isMoreSet(Outside outside) {
        String prompt = outside.variable("EVERGRANT_PROMPT");
        return isSet(outside, NOT_SEEN) || (!prompt.isEmpty() && !prompt.equals("never"));
    }

    private static boolean isSet(Outside outside, String... names) {
        for (String name : names) {
            if (!outside.variable(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBesideAgave(Outside outside) {
        AgaveFolder folder = new AgaveFolder(outside.environment());
        boolean any = Files.exists(folder.path());
        for (Path each : folder.legacy()) {
            any |= Files.exists(each);
        }
        return any;
    }

    /** The session that is named; empty for none. */
    private static String named(Outside outside, QuickWords words) {
        String word = words.session();
        String name = word == null ? outside.variable("EVERGRANT_SESSION") : word;
        return name.isEmpty() ? name : SessionNames.known(name);
    }

    /** The session that was chosen; null for the only one. */
    private static @Nullable String chosen(Directories directories, String address) throws IOException {
        if (!Files.exists(directories.chosen())) {
            return null;
        }
        Object name = PlainJson.object(Files.readAllBytes(directories.chosen())).get(address);
        if (name != null && !(name instanceof String)) {
            throw new IOException("it follows another program");
        }
        return (String) name;
    }
}
