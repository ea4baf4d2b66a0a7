package io.github.evergrant.cli.frame;

import io.github.evergrant.error.StorageFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to run when a file that sessions are kept in cannot be used. Nothing that prints a token or overwrites a file. */
final class StorageAdvice {

    /** Problems that are not with a file of the store's. */
    private static final Set<String> OTHER_FILES =
            Set.of("output_unwritable", "state_unusable", "folder_unwritable", "sqlite_missing", "journal_newer");

    private static final Set<String> FILES = Set.of("json", "json1", "sqlite", "agave");

    /** Files of our own that are whole or worth nothing. */
    private static final Set<String> ASIDE = Set.of("journal_corrupt", "state_corrupt", "configuration_corrupt");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final String address;
    private final Instant now;

    StorageAdvice(String address, Instant now) {
        this.address = address;
        this.now = now;
    }

    /** @param again the same command */
    @Nullable
    String after(StorageFailure e, String again) {
        if (e.advice().startsWith("chmod ")) {
            return e.advice();
        }
        if (OTHER_FILES.contains(e.code())) {
            return null;
        }
        Path own = e.path().orElse(null);
        if (own != null && ASIDE.contains(e.code())) {
            return aside(own.toString());
        }
        boolean database = address.startsWith("sqlite:") && (own == null || address.endsWith(":" + own));
        if (own == null && !FILES.contains(address.substring(0, Math.max(0, address.indexOf(':'))))) {
            return null;
        }
        String path = own == null ? address.substring(address.indexOf(':') + 1) : own.toString();
        return switch (e.code()) {
            // Of a database that is damaged, more than one file may hold what can be saved.
            case "store_corrupt" -> database ? "ls -l " + ShellWords.quoted(path) : aside(path);
            case "disk_full" ->
                "df -h " + ShellWords.quoted(String.valueOf(Path.of(path).getParent()));
            case "store_not_a_file" -> "ls -ld " + ShellWords.quoted(path);
            case "credentials_unwritable" ->
                "ls -ld " + ShellWords.quoted(String.valueOf(Path.of(path).getParent()));
            case "store_busy", "store_locked" -> again;
            default -> "ls -l " + ShellWords.quoted(path);
        };
    }

    /** To a name that no file has. */
    String aside(String path) {
        String dated = path + ".damaged-" + STAMP.format(now);
        String free = dated;
        for (int i = 2; Files.exists(Path.of(free)); i++) {
            free = dated + "-" + i;
        }
        return "mv " + ShellWords.quoted(path) + " " + ShellWords.quoted(free);
    }
}
