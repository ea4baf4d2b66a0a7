package io.github.evergrant.providers.agave.saved;

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

    boolean isCurrent() {
        return tenant == null && username == null && client == null;
    }

    boolean fits(Entry entry) {
        SessionName name = entry.name();
        return (tenant == null || tenant.equals(name.tenant()))
                && (username == null || username.equals(name.username()))
                && (client == null || entry.isCalled(client) || client.equals(Fields.text(entry.merged(), Fields.KEY)));
    }

    /** For messages. */
    String words() {
        return "tenant " + orAny(tenant) + ", user " + orAny(username) + ", client " + orAny(client);
    }

    private static String orAny(@Nullable String part) {
        return part == null ? "any" : part;
    }
}
