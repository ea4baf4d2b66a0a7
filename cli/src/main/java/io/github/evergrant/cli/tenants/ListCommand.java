package io.github.evergrant.cli.tenants;

import io.github.evergrant.cli.agave.TenantsUrl;
import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Printable;
import io.github.evergrant.providers.agave.AgaveTables;
import io.github.evergrant.providers.agave.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tenants of Agave. */
@Command(
        name = "list",
        description = "Lists the tenants of Agave, in the table that its users know.",
        footer = {"  evergrant tenants list", "  evergrant tenants list --json"})
final class ListCommand implements CliCommand {

    @Mixin
    private TenantsUrl tenantsUrl = new TenantsUrl();

    @Override
    public int run(Invocation it) {
        return print(it, tenantsUrl.list(it).list());
    }

    static int print(Invocation it, List<Tenant> all) {
        if (it.json()) {
            Map<String, @Nullable Object> json = JsonLine.object();
            json.put("tenants", all.stream().map(ListCommand::json).toList());
            it.voice().json(json);
        } else {
            it.voice()
                    .print(AgaveTables.tenants(all).stream()
                            .map(Printable::text)
                            .toList());
        }
        return Exits.DONE;
    }

    private static Map<String, Object> json(Tenant tenant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", tenant.id());
        json.put("name", tenant.name());
        json.put("url", tenant.url());
        return json;
    }
}
