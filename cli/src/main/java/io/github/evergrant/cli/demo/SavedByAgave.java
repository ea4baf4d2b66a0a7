package io.github.evergrant.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What Agave's Python programs find in a folder where one session is saved (docs/protocols/agave.md section 4). */
final class SavedByAgave {

    /** Of a session, in the order in which they are written. */
    static final List<String> KEYS = List.of(
            "tenantid",
            "baseurl",
            "devurl",
            "apisecret",
            "apikey",
            "username",
            "access_token",
            "refresh_token",
            "created_at",
            "expires_in",
            "expires_at");

    private static final String CONFIG = "config.json";
    private static final String CURRENT = "current";

    private final Path folder;
    private final String config;
    private final Told root;
    private final Told current;

    /** @throws io.github.evergrant.error.StorageFailure {@code file_unreadable} when one of the two cannot be read */
    SavedByAgave(Path folder) {
        this.folder = folder;
        this.config = OnDisk.text(folder.resolve(CONFIG));
        this.root = Told.in(config);
        this.current = Told.in(OnDisk.text(folder.resolve(CURRENT)));
    }

    /** How {@code config.json} is set: {@code 4 spaces, ASCII, } at the end}. */
    String form() {
        String second = config.lines().skip(1).findFirst().orElse("");
        boolean ascii = config.chars().allMatch(c -> c < 0x7f);
        return (second.length() - second.stripLeading().length()) + " spaces, "
                + (ascii ? "ASCII" : "more than ASCII") + ", "
                + (config.isEmpty()
                        ? "nothing"
                        : config.substring(config.length() - 1).replace("\n", "line end"))
                + " at the end";
    }

    /** The clients in {@code config.json}: the one in use, and where all are filed. */
    String clients() {
        Stream<String> filed = root.at("sessions").fields().keySet().stream().flatMap(this::ofTenant);
        return String.join(", ", root.at(CURRENT).fields().keySet()) + "; " + filed.collect(Collectors.joining(", "));
    }

    private Stream<String> ofTenant(String tenant) {
        return root.at("sessions", tenant).fields().keySet().stream()
                .flatMap(user -> root.at("sessions", tenant, user).fields().keySet().stream()
                        .map(client -> tenant + "/" + user + "/" + client));
    }

    /** How many of the {@link #KEYS} stand in their places, in the session in use. */
    long keysInPlace() {
        List<String> there = List.copyOf(inUse().fields().keySet());
        return there.size() != KEYS.size()
                ? 0
                : IntStream.range(0, KEYS.size())
                        .filter(i -> KEYS.get(i).equals(there.get(i)))
                        .count();
    }

    /** The token of the session in use, as {@code config.json} has it. */
    String token() {
        return inUse().text("access_token");
    }

    /** The tokens of a session in its three places; one, when they are the same. */
    Set<String> tokens(String tenant, String user, String client) {
        return Stream.of(inUse(), root.at("sessions", tenant, user, client), current)
                .map(record -> record.text("access_token"))
                .collect(Collectors.toSet());
    }

    /** Who may read the folder and the two files; nothing where files have no modes. */
    Optional<String> modes() {
        return OnDisk.modes(folder, folder.resolve(CONFIG), folder.resolve(CURRENT));
    }

    private Told inUse() {
        return root.at(CURRENT).fields().keySet().stream()
                .findFirst()
                .map(name -> root.at(CURRENT, name))
                .orElse(Told.NOTHING);
    }
}
