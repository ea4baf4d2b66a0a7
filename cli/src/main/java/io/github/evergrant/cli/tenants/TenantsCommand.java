package io.github.evergrant.cli.tenants;

import io.github.evergrant.cli.agave.TenantsUrl;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tenants of Agave; listing them is all that can be done. */
@Command(
        name = "tenants",
        description = "Lists the tenants of Agave: whom `evergrant login agave --tenant ID` can be with.",
        subcommands = ListCommand.class,
        footer = {
            "  evergrant tenants",
            "  evergrant tenants list --json",
            "  evergrant tenants --tenants-url https://api.tacc.utexas.edu/tenants"
        })
public final class TenantsCommand implements CliCommand {

    @Mixin
    private TenantsUrl tenantsUrl = new TenantsUrl();

    @Override
    public int run(Invocation it) {
        return ListCommand.print(it, tenantsUrl.list(it).list());
    }
}
