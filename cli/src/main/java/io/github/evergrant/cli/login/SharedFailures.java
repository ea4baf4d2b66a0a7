package io.github.evergrant.cli.login;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the last login of a kind failed, for the processes that waited for it. Nothing of it is secret. */
final class SharedFailures {

    /** How long to wait, and whether to go on, is each one's own. */
    private static final Set<String> NOT_SHARED = Set.of("login_timed_out", "interrupted");

    private final LoginNote note;

    SharedFailures(Path folder, String key) {
        this.note = new LoginNote(folder, key, "failure");
    }

    /** What befell the person or the provider is shared; what is wrong with a command line or a disk is each one's own. */
    void note(EvergrantException failure, Instant now) {
        boolean shared = failure instanceof LoginFailed
                || failure instanceof ProviderRefused
                || failure instanceof TemporarilyUnavailable;
        if (!shared || NOT_SHARED.contains(failure.code())) {
            return;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("failed_at", now.toString());
        json.put("kind", failure.getClass().getSimpleName());
        json.put("code", failure.code());
        json.put("provider_code", failure.providerCode().orElse(null));
        json.put("message", failure.getMessage());
        json.put("advice", failure.advice());
        json.put("session", failure.session().orElse(null));
        note.write(json);
    }

    void forget() {
        note.delete();
    }

    /** The failure of a login that ended after the one and not after the other: a clock may have been put back since. */
    Optional<EvergrantException> between(Instant began, Instant now) {
        return note.read().flatMap(json -> {
            try {
                Instant failedAt = Instant.parse(text(json, "failed_at"));
                return failedAt.isAfter(began) && !failedAt.isAfter(now)
                        ? Optional.of(failure(json))
                        : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static EvergrantException failure(Map<String, @Nullable Object> json) {
        Problem problem = Problem.of(text(json, "code"), text(json, "message"))
                .withAdvice(text(json, "advice"))
                .withProviderCode(optional(json, "provider_code"))
                .withSession(optional(json, "session"));
        return switch (text(json, "kind")) {
            case "ProviderRefused" -> new ProviderRefused(problem);
            case "TemporarilyUnavailable" -> new TemporarilyUnavailable(problem, null);
            default -> new LoginFailed(problem);
        };
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : "";
    }

    private static @Nullable String optional(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof String text ? text : null;
    }
}
