package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which saved session is meant: whatever is given must fit.
 *
 * @param tenant the tenant's id, or null for any
 * @param username who logged in, or null for anybody
 * @param client the client's name or key, or null for any
 */
public record Selection(
        @Nullable String tenant,
        @Nullable String username,
        @Nullable String client) {

    /** The one that is in use now. */
    public static final Selection CURRENT = new Selection(null, null, null);

    /** Whether a name is of the form {@code TENANT/USER/CLIENT}, no part of it empty. */
    public static boolean isName(String text) {
        int first = text.indexOf('/');
        int second = first < 0 ? -1 : text.indexOf('/', first + 1);
        return first > 0 && second > first + 1 && second < text.length() - 1;
    }

    /** What a session is called: {@code TENANT/USER/CLIENT}. */
    public static String nameOf(String tenant, String username, String client) {
        return new SessionName(tenant, username, client).text();
    }

    /**
     * The session of a name.
     *
     * @throws InvalidInput {@code name_unusable} as {@link AgaveTokenStorage} names no session
     */
    public static Selection of(String name) {
        SessionName parts = SessionName.of(name);
        return new Selection(parts.tenant(), parts.username(), parts.client());
    }

    /** The one that is meant; the errors of {@link AgaveTokenStorage#find}. */
    Entry pick(List<Entry> all, @Nullable Entry inUse, Path folder) {
        if (all.isEmpty()) {
            throw new LoginRequired(Problem.of("no_saved_session", "There is no saved session in " + folder + ".")
                    .withAdvice("Log in first.")
                    .withPath(folder));
        }
        if (equals(CURRENT) && inUse != null) {
            return inUse;
        }
        List<Entry> fitting = all.stream().filter(this::fits).toList();
        if (fitting.isEmpty()) {
            throw new LoginRequired(
                    Problem.of("unknown_session", "No saved session in " + folder + " has " + Json.shown(words()) + ".")
                            .withAdvice("List the sessions, or log in."));
        }
        if (fitting.size() > 1) {
            String names = String.join(
                    ", ",
                    fitting.stream()
                            .map(entry -> Json.shown(entry.name().text()))
                            .toList());
            throw new InvalidInput(Problem.of(
                            "ambiguous_session", "Several saved sessions in " + folder + " are meant: " + names + ".")
                    .withAdvice("Name tenant, user and client."));
        }
        return fitting.get(0);
    }

    private boolean fits(Entry entry) {
        SessionName name = entry.name();
        return (tenant == null || tenant.equals(name.tenant()))
                && (username == null || username.equals(name.username()))
                && (client == null || entry.isCalled(client) || client.equals(Fields.text(entry.merged(), Fields.KEY)));
    }

    /** For messages. */
    private String words() {
        return "tenant " + orAny(tenant) + ", user " + orAny(username) + ", client " + orAny(client);
    }

    private static String orAny(@Nullable String part) {
        return part == null ? "any" : part;
    }
}
