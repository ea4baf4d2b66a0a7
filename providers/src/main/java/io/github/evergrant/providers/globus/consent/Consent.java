package io.github.evergrant.providers.globus.consent;

import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.HostileJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing a person allowed: a client to use a scope, or a service to use another one on that client's behalf.
 *
 * @param id its number
 * @param dependencyPath the numbers of the consents it hangs below, the root's first, its own last; never empty
 * @param scopeName the scope, as a token names it
 * @param scopeId the scope's id, or empty
 * @param client who may use it, or empty
 * @param effectiveIdentity in whose name, or empty
 * @param status {@code approved} while it holds; empty when the server did not say
 * @param allowsRefresh whether refresh tokens may be had for it
 * @param autoApproved whether nobody was asked
 * @param atomicallyRevocable whether it can be taken back alone
 * @param created when, or null
 * @param updated when last changed, or null
 * @param lastUsed when, or null
 */
public record Consent(
        long id,
        List<Long> dependencyPath,
        String scopeName,
        String scopeId,
        String client,
        String effectiveIdentity,
        String status,
        boolean allowsRefresh,
        boolean autoApproved,
        boolean atomicallyRevocable,
        @Nullable Instant created,
        @Nullable Instant updated,
        @Nullable Instant lastUsed) {

    public Consent {
        dependencyPath = List.copyOf(dependencyPath);
        if (dependencyPath.isEmpty() || dependencyPath.get(dependencyPath.size() - 1) != id) {
            throw new IllegalArgumentException("the path of a consent ends with itself");
        }
        Objects.requireNonNull(scopeName, "scopeName");
    }

    /** Whether it holds; one that was taken back, or waits for somebody, does not. */
    public boolean holds() {
        return status.isEmpty() || status.equalsIgnoreCase("approved");
    }

    /** The number of the consent it hangs below; nothing for a root. */
    public Optional<Long> parent() {
        int size = dependencyPath.size();
        return size < 2 ? Optional.empty() : Optional.of(dependencyPath.get(size - 2));
    }

    /** Reads what Globus Auth says of one; nothing when it lacks what a consent is. */
    public static Optional<Consent> read(@Nullable Object json) {
        Map<String, @Nullable Object> fields = HostileJson.asObject(json);
        String scopeName = HostileJson.asText(fields.get("scope_name"));
        List<Long> path = new ArrayList<>();
        if (fields.get("dependency_path") instanceof List<?> list) {
            for (Object each : list) {
                if (!(each instanceof Long number)) {
                    return Optional.empty();
                }
                path.add(number);
            }
        }
        if (scopeName == null
                || !(fields.get("id") instanceof Long id)
                || path.isEmpty()
                || !path.get(path.size() - 1).equals(id)) {
            return Optional.empty();
        }
        return Optional.of(new Consent(
                id,
                path,
                scopeName,
                clean(fields.get("scope")),
                clean(fields.get("client")),
                clean(fields.get("effective_identity")),
                clean(fields.get("status")),
                Boolean.TRUE.equals(fields.get("allows_refresh")),
                Boolean.TRUE.equals(fields.get("auto_approved")),
                Boolean.TRUE.equals(fields.get("atomically_revocable")),
                time(fields.get("created")),
                time(fields.get("updated")),
                time(fields.get("last_used"))));
    }

    private static String clean(@Nullable Object value) {
        return value instanceof String text ? Cleaned.text(text) : "";
    }

    private static @Nullable Instant time(@Nullable Object value) {
        try {
            return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
