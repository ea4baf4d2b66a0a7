package io.github.evergrant.providers.globus.scope;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.token.Scopes;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several scopes at once: their text, and what they come to together. */
public final class GlobusScopes {

    private static final String TRANSFER_ALL = GlobusService.TRANSFER.scopes().text();
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private GlobusScopes() {}

    /**
     * Reads scopes separated by spaces, and puts together what belongs together.
     *
     * <p>Dependencies of one name are united, and hold wherever the name occurs; of an optional and a required dependency
     * the required one stays. At the top both stay. Names keep the order in which they are first seen.
     *
     * @return none for a text that is empty
     * @throws InvalidInput {@code scope_malformed} when it breaks the syntax, {@code scope_cycle} when a scope depends on
     *     itself, {@code scope_too_large} for more than a hundred thousand characters, ten thousand scopes written out, or
     *     fifty levels
     */
    public static List<GlobusScope> parse(String text) {
        return new ScopeReader(text).read().trees();
    }

    /** The same scopes, with what belongs together put together as {@link #parse} does. */
    public static List<GlobusScope> merge(Collection<GlobusScope> scopes) {
        return parse(joined(scopes));
    }

    /**
     * As a scope parameter says it, as they are.
     *
     * @throws InvalidInput {@code no_scopes} when there are none
     */
    public static String text(Collection<GlobusScope> scopes) {
        if (scopes.isEmpty()) {
            throw new InvalidInput(Problem.of("no_scopes", "Globus gives nothing without a scope")
                    .withAdvice("name the scopes that are needed"));
        }
        return joined(scopes);
    }

    /** For a request: each scope with its dependencies is one word. */
    public static Scopes words(Collection<GlobusScope> scopes) {
        return Scopes.of(scopes.stream().map(GlobusScope::text).collect(Collectors.toList()));
    }

    /** What a token says of them: no more than the names at the top. */
    public static Scopes names(Collection<GlobusScope> scopes) {
        return Scopes.of(scopes.stream().map(GlobusScope::name).collect(Collectors.toList()));
    }

    /**
     * Everything in Transfer, and the data of mapped collections for whose sake it is needed: the counterpart of
     * {@code add_app_data_access_scope}. What is optional a person may refuse, and the others still work.
     *
     * @param collections their ids
     * @throws InvalidInput {@code no_collections} when none is named, {@code bad_id} when one is no UUID
     */
    public static GlobusScope dataAccess(String... collections) {
        if (collections.length == 0) {
            throw new InvalidInput(Problem.of("no_collections", "no collection was named"));
        }
        return GlobusScope.of(TRANSFER_ALL)
                .needing(Stream.of(collections)
                        .map(id -> GlobusScope.of(url(id, "data_access")).asOptional())
                        .toArray(GlobusScope[]::new));
    }

    /**
     * To run one flow, whose resource server is the flow's id.
     *
     * @throws InvalidInput {@code bad_id} when the id is no UUID
     */
    public static GlobusScope ofFlow(String id) {
        return GlobusScope.of(url(id, "flow_" + id.replace('-', '_') + "_user"));
    }

    /**
     * To manage the collections of a Globus Connect Server, whose resource server is its endpoint's id.
     *
     * @throws InvalidInput {@code bad_id} when the id is no UUID
     */
    public static GlobusScope ofConnectServer(String id) {
        return GlobusScope.of("urn:globus:auth:scope:" + checked(id) + ":manage_collections");
    }

    private static String url(String id, String scope) {
        return "https://auth.globus.org/scopes/" + checked(id) + "/" + scope;
    }

    private static String checked(String id) {
        if (!UUID.matcher(id).matches()) {
            throw new InvalidInput(Problem.of("bad_id", "'" + Cleaned.text(id) + "' is no id")
                    .withAdvice("an id looks like 6c54cade-bde5-45c1-bdea-f4bd71dba2cc"));
        }
        return id;
    }

    private static String joined(Collection<GlobusScope> scopes) {
        return scopes.stream().map(GlobusScope::text).collect(Collectors.joining(" "));
    }
}
