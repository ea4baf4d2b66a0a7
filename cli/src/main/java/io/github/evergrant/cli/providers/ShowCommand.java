package io.github.evergrant.cli.providers;

import io.github.evergrant.cli.frame.CliCommand;
import io.github.evergrant.cli.frame.Exits;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.ProviderIds;
import io.github.evergrant.cli.frame.Table;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one provider as data: what a login would use. */
@Command(
        name = "show",
        description =
                "Shows one provider as data: what a login would use, also in a sandbox if EVERGRANT_SANDBOX is set.")
final class ShowCommand implements CliCommand {

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = ProviderIds.class,
            description = "See `evergrant providers list`.")
    private String name = "";

    @Option(names = "--environment", paramLabel = "NAME", description = "Which instance of the provider.")
    private @Nullable String environment;

    @Override
    public int run(Invocation it) {
        Provider provider = it.providers().named(name);
        ProviderData data = provider.describe(environment, it.sandbox().orElse(null));
        Map<String, @Nullable Object> all = JsonLine.object();
        all.putAll(described(provider, data));
        if (it.json()) {
            it.voice().json(all);
            return Exits.DONE;
        }
        Table table = new Table("WHAT", "VALUE");
        all.remove("schema");
        all.forEach((key, value) -> {
            if (value instanceof Map<?, ?> apis) {
                apis.forEach((api, base) -> table.row("api " + api, String.valueOf(base)));
            } else if (value != null) {
                table.row(key.replace('_', ' '), text(value));
            }
        });
        it.voice().print(table.lines());
        return Exits.DONE;
    }

    private static Map<String, @Nullable Object> described(Provider provider, ProviderData data) {
        Endpoints endpoints = data.endpoints();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("provider", data.id());
        all.put("name", data.title());
        all.put("environment", data.environment());
        all.put("environments", provider.environments());
        all.put("sandbox", text(data.base()));
        all.put("issuer", endpoints.issuer());
        all.put("authorization_endpoint", text(endpoints.authorization()));
        all.put("token_endpoint", text(endpoints.token()));
        all.put("revocation_endpoint", text(endpoints.revocation()));
        all.put("introspection_endpoint", text(endpoints.introspection()));
        all.put("userinfo_endpoint", text(endpoints.userinfo()));
        all.put("default_resource_server", data.defaultResourceServer());
        all.put("default_scopes", List.copyOf(data.defaultScopes().values()));
        all.put("paste_redirect", text(data.pasteRedirect()));
        all.put("registration_page", data.registrationPage());
        all.put("variables", variables(provider, data));
        all.put("apis", new TreeMap<>(data.apis()));
        return all;
    }

    /** The names alone, of whatever programs are told: a token, a client, or what renews. */
    private static List<String> variables(Provider provider, ProviderData data) {
        Secret any = Secret.of("any");
        Client client = provider.client("any", any);
        Set<String> names = new LinkedHashSet<>(provider.tokenVariables());
        names.addAll(provider.clientVariables(client, "any").keySet());
        names.addAll(new TreeSet<>(
                provider.grantVariables(data.endpoints().token(), client, any).keySet()));
        return List.copyOf(names);
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
    }
}
