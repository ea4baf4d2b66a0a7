package io.github.evergrant.providers.agave;

import io.github.evergrant.oauth.Client;
import io.github.evergrant.token.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * The variables by which agavepy and its command line are told what to use (docs/protocols/agave.md section 2.12); one that
 * is empty counts as not set. Immutable.
 */
public final class AgaveVariables {

    private final Map<String, String> variables;

    /** @param variables the environment of the process, or what stands for it */
    public AgaveVariables(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Another list of tenants. */
    public Optional<String> tenantsUrl() {
        return variable("TAPIS_TENANTS_URL");
    }

    /** Which tenant, by its address. */
    public Optional<String> baseUrl() {
        return variable("TAPIS_BASE_URL");
    }

    public Optional<String> username() {
        return variable("TAPIS_USERNAME");
    }

    public Optional<Secret> password() {
        return variable("TAPIS_PASSWORD").map(Secret::of);
    }

    /** By which client; both its key and its secret must be set. */
    public Optional<Client> client() {
        return variable("TAPIS_API_KEY")
                .flatMap(key -> variable("TAPIS_API_SECRET")
                        .map(secret -> Client.confidentialUnencoded(key, Secret.of(secret))));
    }

    private Optional<String> variable(String name) {
        return Optional.of(variables.getOrDefault(name, "")).filter(value -> !value.isEmpty());
    }
}
