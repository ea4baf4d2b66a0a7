package io.github.evergrant.cli.agave;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveTenants;
import io.github.evergrant.providers.agave.AgaveVariables;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the list of tenants is. */
public final class TenantsUrl {

    @Option(
            names = "--tenants-url",
            paramLabel = "URL",
            description = "Where the list of tenants is; without it TAPIS_TENANTS_URL, else TACC's.")
    private @Nullable String address;

    /** Whether it was given. */
    public boolean isGiven() {
        return address != null;
    }

    /** Whether it is the one that everybody's programs ask who were told no other. */
    boolean isUsual(Invocation it) {
        return address == null
                && new AgaveVariables(it.outside().environment()).tenantsUrl().isEmpty();
    }

    /** The list of tenants. */
    public AgaveTenants list(Invocation it) {
        @Nullable URI sandbox = it.sandbox().orElse(null);
        String named = address;
        if (named != null && sandbox != null) {
            throw CliProblem.usage("EVERGRANT_SANDBOX is set, and the sandbox has a list of tenants of its own");
        }
        AgaveProvider agave = new AgaveProvider(it.outside().environment());
        return new AgaveTenants(
                it.door().http(), named == null ? agave.tenants(sandbox) : AgaveProvider.address(named));
    }
}
