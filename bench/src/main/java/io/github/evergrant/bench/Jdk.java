package io.github.evergrant.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDK that is measured.
 *
 * @param home its folder
 * @param version as it calls itself: {@code 25.0.3+9-LTS}
 */
record Jdk(Path home, String version) {

    private static final String NO_LOG = "-Dslf4j.internal.verbosity=ERROR";
    private static final Pattern VERSION = Pattern.compile("JAVA_RUNTIME_VERSION=\"([^\"]+)\"");

    /** @throws IOException when it does not say what it is */
    static Jdk at(Path home) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
        if (!version.find()) {
            throw new IOException(home + " does not say which version it is");
        }
        return new Jdk(home, version.group(1));
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    /** What has it say nothing of the means of JMH, nor the peers of a log they have not. */
    List<String> quietly() {
        return Runtime.Version.parse(version).feature() < 24
                ? List.of(NO_LOG)
                : List.of(NO_LOG, "--sun-misc-unsafe-memory-access=allow");
    }

    /** For tables. */
    String title() {
        return "JDK " + version.replaceFirst("[.+-].*", "");
    }
}
