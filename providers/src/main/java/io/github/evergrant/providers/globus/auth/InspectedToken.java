package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.login.Introspection;
import io.github.evergrant.oauth.Cleaned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Globus Auth knows of a token.
 *
 * @param introspection what every server says (RFC 7662), and all that was said
 * @param audience for which resource servers it is
 * @param expiresAt when it ends, or null when that was not said
 * @param identitySet the ids of all identities of its person; none unless {@code identity_set} was asked for
 */
public record InspectedToken(
        Introspection introspection,
        List<String> audience,
        @Nullable Instant expiresAt,
        List<String> identitySet) {

    public InspectedToken {
        audience = List.copyOf(audience);
        identitySet = List.copyOf(identitySet);
    }

    static InspectedToken of(Introspection introspection) {
        Object end = introspection.claims().get("exp");
        return new InspectedToken(
                introspection,
                texts(introspection.claims().get("aud")),
                end instanceof Long seconds && seconds > 0 && seconds < Instant.MAX.getEpochSecond()
                        ? Instant.ofEpochSecond(seconds)
                        : null,
                texts(introspection.claims().get("identity_set")));
    }

    /** Whether it is good now. */
    public boolean active() {
        return introspection.active();
    }

    private static List<String> texts(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (each instanceof String text) {
                texts.add(Cleaned.text(text));
            }
        }
        return texts;
    }
}
