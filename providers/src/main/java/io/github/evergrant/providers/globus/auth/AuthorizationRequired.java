package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.providers.globus.service.ApiError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API's word that another login would make it content: Globus' "authorization required" error, in any of its forms.
 *
 * @param code the API's, or the usual one of a form that has none
 * @param parameters what the login has to be like
 * @param extra the other fields of the error, as JSON values
 */
public record AuthorizationRequired(
        String code, AuthorizationParameters parameters, Map<String, @Nullable Object> extra) {

    public AuthorizationRequired {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(parameters, "parameters");
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /**
     * Reads an error, whatever it is.
     *
     * @return nothing when it is no such error
     */
    public static Optional<AuthorizationRequired> read(@Nullable Object json) {
        return DemandForms.read(HostileJson.asObject(json));
    }

    /**
     * Looks for one in a refusal: the whole document first, then each of its {@code errors}.
     *
     * @return nothing when there is none
     */
    public static Optional<AuthorizationRequired> find(@Nullable Object json) {
        Optional<AuthorizationRequired> whole = read(json);
        if (whole.isPresent() || !(HostileJson.asObject(json).get("errors") instanceof List<?> errors)) {
            return whole;
        }
        return errors.stream()
                .map(AuthorizationRequired::read)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The same for a reply; nothing for a success. */
    public static Optional<AuthorizationRequired> in(HttpReply reply) {
        try {
            return reply.ok()
                    ? Optional.empty()
                    : find(HostileJson.read(reply.text()).value());
        } catch (HostileJson.Malformed e) {
            return Optional.empty();
        }
    }

    /** The same for a failure of one of the clients of Globus' services. */
    public static Optional<AuthorizationRequired> of(EvergrantException failure) {
        return ApiError.of(failure).flatMap(error -> find(error.document().value()));
    }

    /** As JSON values. */
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("code", code);
        all.put("authorization_parameters", parameters.toJson());
        all.putAll(extra);
        return all;
    }
}
