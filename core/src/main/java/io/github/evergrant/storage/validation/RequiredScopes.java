package io.github.evergrant.storage.validation;

import io.github.evergrant.storage.Replacement;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Demands scopes by resource server. */
final class RequiredScopes implements TokenValidator {

    private static final String ADVICE = "log in again and grant them";

    private final Map<String, List<String>> needed = new LinkedHashMap<>();

    RequiredScopes(Map<String, Scopes> byResourceServer) {
        byResourceServer.forEach((resourceServer, scopes) -> needed.put(
                resourceServer,
                scopes.values().stream().map(RequiredScopes::name).distinct().toList()));
    }

    /** {@code *urn:all[urn:other]} asks for the scope {@code urn:all}. */
    private static String name(String scope) {
        int bracket = scope.indexOf('[');
        String name = bracket < 0 ? scope : scope.substring(0, bracket);
        return name.startsWith("*") ? name.substring(1) : name;
    }

    @Override
    public void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {
        String unmet = unmet(namespace, change.next());
        if (unmet != null) {
            throw Refusals.store("unmet_scopes", namespace, unmet, ADVICE);
        }
    }

    @Override
    public void afterRead(Reading reading) {
        String unmet = unmet(reading.namespace(), reading.records());
        if (unmet != null) {
            throw Refusals.read("unmet_scopes", reading.namespace(), unmet, ADVICE);
        }
    }

    private @Nullable String unmet(String namespace, Map<String, TokenData> records) {
        for (Map.Entry<String, TokenData> each : records.entrySet()) {
            List<String> granted = each.getValue().scopes().values();
            List<String> lacking = needed.getOrDefault(each.getKey(), List.of()).stream()
                    .filter(scope -> !granted.contains(scope))
                    .toList();
            if (!lacking.isEmpty()) {
                return "the token of session '" + namespace + "' for '" + each.getKey() + "' lacks "
                        + (lacking.size() == 1 ? "the scope " : "the scopes ") + String.join(" ", lacking);
            }
        }
        return null;
    }
}
