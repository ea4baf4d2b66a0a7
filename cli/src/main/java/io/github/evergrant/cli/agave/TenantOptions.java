package io.github.evergrant.cli.agave;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.cli.frame.Terminal;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.agave.AgaveProvider;
import io.github.evergrant.providers.agave.AgaveTables;
import io.github.evergrant.providers.agave.AgaveTenants;
import io.github.evergrant.providers.agave.AgaveVariables;
import io.github.evergrant.providers.agave.Tenant;
import io.github.evergrant.session.SessionFacts;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a tenant of Agave, and what is done without them. */
public final class TenantOptions {

    /** As its users know it. */
    private static final String PROMPT = "\nPlease specify the ID for the tenant you wish to interact with: ";

    @Option(
            names = "--tenant",
            paramLabel = "ID|URL",
            description = "Which tenant of Agave, by its id or its address: see `evergrant tenants`.")
    private @Nullable String tenant;

    @Mixin
    private TenantsUrl tenantsUrl = new TenantsUrl();

    /** Whether any of them was given. */
    public boolean areGiven() {
        return tenant != null || tenantsUrl.isGiven();
    }

    /** Whether it is said which tenant. */
    public boolean nameOne() {
        return tenant != null;
    }

    /**
     * The tenant that is meant: the one named, else the session's, else that of {@code TAPIS_BASE_URL}, else the one that a
     * person chooses from the table.
     *
     * @param otherwise what another option named, or null
     * @param session what is known of the session that is meant, if there is one with Agave
     * @throws InvalidInput {@code unknown_tenant} when there is no such tenant
     * @throws CliProblem {@code terminal_needed} when nobody can be asked
     */
    public ProviderData choose(Invocation it, @Nullable String otherwise, Optional<SessionFacts> session) {
        AgaveProvider agave = new AgaveProvider(it.outside().environment());
        @Nullable URI sandbox = it.sandbox().orElse(null);
        String named = tenant == null ? otherwise : tenant;
        boolean known = session.filter(
                        facts -> named == null || facts.environment().equals(named))
                .isPresent();
        if (known) {
            SessionFacts facts = session.orElseThrow();
            return agave.recall(facts.environment(), facts.tokenEndpoint(), facts.base());
        }
        AgaveTenants tenants = tenantsUrl.list(it);
        if (named != null) {
            return meant(it, agave, tenants, named);
        }
        Optional<String> base =
                sandbox == null ? new AgaveVariables(it.outside().environment()).baseUrl() : Optional.empty();
        return base.isPresent() ? meant(it, agave, tenants, base.get()) : agave.dataOf(asked(it, tenants), sandbox);
    }

    /** Without the list an address is enough, and some tenants are known: a login need not wait for a server of the past. */
    private ProviderData meant(Invocation it, AgaveProvider agave, AgaveTenants tenants, String named) {
        @Nullable URI sandbox = it.sandbox().orElse(null);
        try {
            return agave.dataOf(tenants.meant(named), sandbox);
        } catch (TemporarilyUnavailable | ProviderRefused e) {
            boolean byAddress = named.contains("://");
            if (sandbox != null || (!byAddress && !tenantsUrl.isUsual(it))) {
                throw e;
            }
            ProviderData known;
            try {
                known = agave.describe(byAddress ? AgaveProvider.tenantAt(named).id() : named, null);
            } catch (InvalidInput unknown) {
                throw e;
            }
            it.voice().warn(e, "; " + known.environment() + " is taken to be at " + AgaveProvider.base(known));
            return known;
        }
    }

    private static Tenant asked(Invocation it, AgaveTenants tenants) {
        if (!it.mayAsk()) {
            throw CliProblem.of(
                    Exits.LOGIN_NEEDED,
                    "terminal_needed",
                    "choosing a tenant needs a person at a terminal; name one with --tenant",
                    null,
                    it.nextCommand().line("tenants"));
        }
        List<Tenant> all = tenants.list();
        Terminal terminal = it.outside().terminal();
        AgaveTables.tenants(all).forEach(line -> terminal.write(Printable.text(line) + "\n"));
        String typed = terminal.ask(PROMPT);
        if (typed == null) {
            terminal.write("\n");
            throw Person.cancelled(it);
        }
        return AgaveTenants.named(all, typed);
    }
}
