package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Directories;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.provider.ProviderData;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when somebody's logins by password are locked, as the provider said: each one that is sent before makes it longer, so
 * none is, by whatever process.
 */
final class LoginLock {

    /** A clock that was put back must not lock anybody out for good. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final String UNTIL = "until";

    private final Path folder;
    private final LoginNote note;
    private final ProviderData data;

    LoginLock(Invocation it, ProviderData data, String username) {
        this.data = data;
        this.folder = it.directories().state().resolve("logins");
        this.note = new LoginNote(folder, data.endpoints().token() + "\n" + username, "lock");
    }

    /** @throws TemporarilyUnavailable {@code account_locked} while it lasts; nothing was sent */
    void requireOpen(Instant now) {
        Instant until = until().orElse(now);
        if (until.isAfter(now) && until.isBefore(now.plus(LONGEST))) {
            throw new TemporarilyUnavailable(
                    Problem.of(
                                    "account_locked",
                                    data.title() + " has locked this login until " + until + "; nothing was sent")
                            .withAdvice("wait: each further try makes it longer"),
                    until);
        }
    }

    private Optional<Instant> until() {
        return note.read().flatMap(json -> {
            try {
                return json.get(UNTIL) instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    void close(Instant until) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(UNTIL, until.toString());
        Directories.make(folder);
        note.write(json);
    }

    void open() {
        note.delete();
    }
}
