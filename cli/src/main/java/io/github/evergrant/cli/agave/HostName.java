package io.github.evergrant.cli.agave;

import io.github.evergrant.cli.frame.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What a client of this machine is called when nobody says otherwise. */
public final class HostName {

    private static final int LONGEST = 40;

    private HostName() {}

    /** {@code evergrant-HOST}, of characters that every tenant takes. */
    public static String client(Invocation it) {
        String host = Stream.of(it.outside().variable("HOSTNAME"), it.outside().variable("COMPUTERNAME"), written())
                .map(HostName::plain)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("machine");
        return "evergrant-" + host;
    }

    /** Without the domain, and without asking a name server, which may take seconds. */
    private static String plain(String name) {
        String first = name.strip().toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
        String plain = first.replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    }

    private static String written() {
        try {
            return Files.readString(Path.of("/etc/hostname"));
        } catch (IOException e) {
            return "";
        }
    }
}
