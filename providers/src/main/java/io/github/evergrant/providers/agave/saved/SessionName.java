package io.github.evergrant.providers.agave.saved;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.storage.json.Json;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whose saved session it is: what stands in {@code config.json} on the way to a record.
 *
 * <p>As text it is {@code TENANT/USER/CLIENT}; a slash in tenant or user is written {@code %2F}, a per cent sign {@code
 * %25}. A name with fewer than two slashes is a client's that has neither tenant nor user.
 *
 * @param tenant its id; empty when it is not known
 * @param username who logged in; may be empty
 * @param client the client's name, or its key when it has none
 */
record SessionName(String tenant, String username, String client) {

    private static final Pattern ESCAPE = Pattern.compile("%(2F|25)");

    SessionName {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(client, "client");
    }

    /**
     * Reads a name.
     *
     * @throws InvalidInput code {@code name_unusable} when the same session would have another name too
     */
    static SessionName of(String text) {
        int first = text.indexOf('/');
        int second = first < 0 ? -1 : text.indexOf('/', first + 1);
        SessionName name = second < 0
                ? new SessionName("", "", text)
                : new SessionName(
                        unescape(text.substring(0, first)),
                        unescape(text.substring(first + 1, second)),
                        text.substring(second + 1));
        if (!name.text().equals(text)) {
            throw new InvalidInput(Problem.of(
                            "name_unusable",
                            "The name " + Json.shown(text) + " is none of a saved Agave session; the same one is "
                                    + Json.shown(name.text()) + ".")
                    .withAdvice("Write it as TENANT/USER/CLIENT."));
        }
        return name;
    }

    String text() {
        boolean alone = tenant.isEmpty() && username.isEmpty();
        return alone && client.chars().filter(c -> c == '/').count() < 2
                ? client
                : escape(tenant) + "/" + escape(username) + "/" + client;
    }

    SessionName withClient(String other) {
        return new SessionName(tenant, username, other);
    }

    private static String escape(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    private static String unescape(String part) {
        return ESCAPE.matcher(part).replaceAll(found -> found.group(1).equals("25") ? "%" : "/");
    }
}
