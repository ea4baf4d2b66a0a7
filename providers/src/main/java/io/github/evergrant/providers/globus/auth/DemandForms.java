package io.github.evergrant.providers.globus.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forms in which services of Globus say that another login is needed; the first that fits counts. */
final class DemandForms {

    private static final String PARAMETERS = "authorization_parameters";
    private static final String CONSENT_REQUIRED = "ConsentRequired";

    private DemandForms() {}

    static Optional<AuthorizationRequired> read(Map<String, @Nullable Object> document) {
        return Stream.<Function<Map<String, @Nullable Object>, Optional<AuthorizationRequired>>>of(
                        DemandForms::proper,
                        DemandForms::legacy,
                        DemandForms::ofTransfer,
                        DemandForms::ofActionProvider,
                        DemandForms::ofAuth)
                .map(form -> form.apply(document))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A code and what a login has to be like. */
    private static Optional<AuthorizationRequired> proper(Map<String, @Nullable Object> document) {
        if (!(document.get("code") instanceof String code)) {
            return Optional.empty();
        }
        return parameters(document, false)
                .map(parameters -> new AuthorizationRequired(code, parameters, rest(document, "code", PARAMETERS)));
    }

    /** The same without a code, or with policies and domains in one text. */
    private static Optional<AuthorizationRequired> legacy(Map<String, @Nullable Object> document) {
        Object code = document.get("code");
        boolean fits = code == null || code instanceof String;
        return parameters(document, true)
                .filter(parameters -> fits)
                .filter(parameters ->
                        parameters.prompt() == null || parameters.prompt().equals("login"))
                .map(parameters -> new AuthorizationRequired(
                        code instanceof String text ? text : "AuthorizationRequired",
                        parameters,
                        rest(document, "code", PARAMETERS)));
    }

    private static Optional<AuthorizationRequired> ofTransfer(Map<String, @Nullable Object> document) {
        List<String> scopes = texts(document.get("required_scopes"));
        return consent(document, scopes, document.get("message"), "code", "required_scopes");
    }

    private static Optional<AuthorizationRequired> ofActionProvider(Map<String, @Nullable Object> document) {
        List<String> scopes = document.get("required_scope") instanceof String scope ? List.of(scope) : null;
        return consent(document, scopes, document.get("description"), "code", "required_scope");
    }

    private static Optional<AuthorizationRequired> consent(
            Map<String, @Nullable Object> document,
            @Nullable List<String> scopes,
            @Nullable Object message,
            String... used) {
        if (scopes == null || !CONSENT_REQUIRED.equals(document.get("code"))) {
            return Optional.empty();
        }
        if (message != null && !(message instanceof String)) {
            return Optional.empty();
        }
        return Optional.of(
                new AuthorizationRequired(CONSENT_REQUIRED, asking((String) message, scopes), rest(document, used)));
    }

    /** Globus Auth, asked for dependent tokens. */
    private static Optional<AuthorizationRequired> ofAuth(Map<String, @Nullable Object> document) {
        if (!"dependent_consent_required".equals(document.get("error"))
                || !(document.get("errors") instanceof List<?> errors)
                || errors.isEmpty()
                || !(errors.get(0) instanceof Map<?, ?> first)) {
            return Optional.empty();
        }
        Object unapproved = first.get("unapproved_scopes");
        List<String> scopes = unapproved == null ? List.of() : texts(unapproved);
        return scopes == null
                ? Optional.empty()
                : Optional.of(new AuthorizationRequired(
                        CONSENT_REQUIRED, asking(null, scopes), rest(document, "error", "errors")));
    }

    private static AuthorizationParameters asking(@Nullable String message, List<String> scopes) {
        return new AuthorizationParameters(message, null, null, null, null, scopes, null, Map.of());
    }

    /** @param commas whether a text of several, separated by commas, may stand for a list */
    private static Optional<AuthorizationParameters> parameters(
            Map<String, @Nullable Object> document, boolean commas) {
        if (!(document.get(PARAMETERS) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Fields fields = new Fields(map, commas);
        AuthorizationParameters parameters = new AuthorizationParameters(
                fields.text("session_message"),
                fields.list("session_required_identities", false),
                fields.list("session_required_policies", true),
                fields.list("session_required_single_domain", true),
                fields.flag("session_required_mfa"),
                fields.list("required_scopes", false),
                fields.text("prompt"),
                fields.rest());
        return fields.odd ? Optional.empty() : Optional.of(parameters);
    }

    /** Fields of strict types; one of another makes the whole odd. */
    private static final class Fields {

        private final Map<String, @Nullable Object> left = new LinkedHashMap<>();
        private final boolean commas;
        private boolean odd;

        Fields(Map<?, ?> map, boolean commas) {
            map.forEach((name, value) -> left.put(String.valueOf(name), value));
            this.commas = commas;
        }

        @Nullable
        String text(String name) {
            Object value = left.remove(name);
            odd |= value != null && !(value instanceof String);
            return value instanceof String text ? text : null;
        }

        @Nullable
        Boolean flag(String name) {
            Object value = left.remove(name);
            odd |= value != null && !(value instanceof Boolean);
            return value instanceof Boolean flag ? flag : null;
        }

        @Nullable
        List<String> list(String name, boolean mayHaveCommas) {
            Object value = left.remove(name);
            if (commas && mayHaveCommas && value instanceof String text) {
                return List.of(text.split(","));
            }
            List<String> texts = texts(value);
            odd |= value != null && texts == null;
            return texts;
        }

        Map<String, @Nullable Object> rest() {
            return left;
        }
    }

    private static @Nullable List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String text)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    private static Map<String, @Nullable Object> rest(Map<String, @Nullable Object> document, String... used) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(document);
        rest.keySet().removeAll(Set.of(used));
        return rest;
    }
}
