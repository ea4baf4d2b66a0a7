package io.github.evergrant.providers.globus;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a service of Globus is, by environment; the variables are those of {@code globus_sdk}. */
final class GlobusUrls {

    static final List<String> ENVIRONMENTS =
            List.of("production", "preview", "sandbox", "integration", "test", "staging");

    /** These are hosted elsewhere, with the environment in front. */
    private static final Set<String> AUTOMATE = Set.of("actions", "flows", "timer");

    private static final Set<String> DOMAINS = Set.of("globus.org", "globuscs.info", "globusonline.org");
    private static final String SERVICE_URL = "GLOBUS_SDK_SERVICE_URL_";

    private final Map<String, String> variables;

    /** @param variables the environment of the process */
    GlobusUrls(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The environment that {@code GLOBUS_SDK_ENVIRONMENT} names, else production. */
    String defaultEnvironment() {
        String named = variables.getOrDefault("GLOBUS_SDK_ENVIRONMENT", "");
        return named.isEmpty() ? ENVIRONMENTS.get(0) : named;
    }

    /** An address that ends in a slash. A {@code GLOBUS_SDK_SERVICE_URL_…} variable wins over the environment. */
    URI service(String environment, String service) {
        String variable = SERVICE_URL + service.toUpperCase(Locale.ROOT);
        String given = variables.getOrDefault(variable, "");
        if (given.isEmpty()) {
            return URI.create(computed(environment, service));
        }
        try {
            return URI.create(given.endsWith("/") ? given : given + "/");
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(Problem.of("bad_address", variable + " is no address"));
        }
    }

    /** Whether something of Globus' is there: below its domains, or where a {@code GLOBUS_SDK_SERVICE_URL_…} variable says. */
    boolean isOurs(URI address) {
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        return DOMAINS.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain))
                || variables.entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith(SERVICE_URL))
                        .anyMatch(variable -> isAt(address, variable.getValue()));
    }

    private static boolean isAt(URI address, String service) {
        try {
            return Addresses.sameOrigin(address, URI.create(service));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void requireKnown(String environment) {
        if (!ENVIRONMENTS.contains(environment)) {
            throw new InvalidInput(
                    Problem.of("unknown_environment", "Globus has no environment \"" + environment + "\"")
                            .withAdvice("environments: " + String.join(", ", ENVIRONMENTS)));
        }
    }

    private static String computed(String environment, String service) {
        requireKnown(environment);
        boolean production = environment.equals("production");
        if (AUTOMATE.contains(service)) {
            return "https://" + (production ? "" : environment + ".") + service + ".automate.globus.org/";
        }
        if (service.equals("nexus") && production) {
            return "https://nexus.api.globusonline.org/";
        }
        String domain = switch (environment) {
            case "production" -> "globus.org";
            case "preview" -> "preview.globus.org";
            default -> environment + ".globuscs.info";
        };
        boolean direct = service.equals("auth") || service.equals("app");
        return "https://" + service + (direct ? "." : ".api.") + domain + "/";
    }
}
