package io.github.evergrant.providers.globus;

import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.Origin;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a login that a program of Globus' keeps: from where it lies, its namespace, and what the program keeps
 * beside it.
 *
 * @param environment which Globus it is with
 * @param clientId by which client it was obtained, or null when nothing says so
 * @param clientSecret of that client, or null: it has none, or it is not kept there
 * @param account whose it is, as far as that is known
 * @param kind how successors are fetched
 * @param name what to call it, if nobody says otherwise
 */
public record GlobusLogin(
        String environment,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        Account account,
        LoginResult.Kind kind,
        String name) {

    /** Of globus-compute's native client ({@code DEFAULT_CLIENT_ID} in {@code globus_compute_sdk/sdk/auth/globus_app.py}). */
    public static final String COMPUTE_CLIENT = "4cf29807-cf21-49ec-9443-ff9a3fb9f81c";

    /** Of globus-cli: {@code userprofile/ENVIRONMENT[/PROFILE]}. */
    private static final Pattern PERSON = Pattern.compile("userprofile/([^/]+)(?:/(.+))?");

    /** Of globus-cli and globus-compute: {@code clientprofile/ENVIRONMENT/CLIENT}. */
    private static final Pattern MACHINE = Pattern.compile("clientprofile/([^/]+)/(.+)");

    /** Of globus-compute: {@code user/ENVIRONMENT}. */
    private static final Pattern COMPUTE = Pattern.compile("user/([^/]+)");

    public GlobusLogin {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /**
     * Finds out what is known.
     *
     * @param stores where programs of Globus' keep theirs
     * @param file where this one lies
     * @param namespace its namespace there
     * @param storage the storage in that file
     * @throws io.github.evergrant.error.StorageFailure when it cannot be read
     */
    public static GlobusLogin of(GlobusStores stores, Path file, String namespace, TokenStorage storage) {
        Collection<TokenData> records = storage.read(namespace).values();
        Map<String, @Nullable Object> client =
                storage.configuration(namespace, "auth_client_data").orElse(Map.of());
        String id = text(client, "client_id");
        String secret = id == null ? null : text(client, "client_secret");
        Account account = new Account(
                null, text(storage.configuration(namespace, "auth_user_data").orElse(Map.of()), "sub"));
        GlobusLogin plain = new GlobusLogin(
                stores.environment(),
                id,
                secret == null ? null : Secret.of(secret),
                account,
                LoginResult.Kind.REFRESH_TOKEN,
                namespace.equals("DEFAULT") ? stem(file) : namespace);
        return stores.app(file)
                .map(app -> plain.in(app.environment(), app.clientId(), kindOf(records), app.folder()))
                .orElseGet(() -> plain.byNamespace(namespace, stores, file));
    }

    private GlobusLogin byNamespace(String namespace, GlobusStores stores, Path file) {
        Matcher person = PERSON.matcher(namespace);
        if (person.matches()) {
            String profile = person.group(2);
            return in(person.group(1), null, kind, "globus-cli" + (profile == null ? "" : "-" + profile));
        }
        Matcher machine = MACHINE.matcher(namespace);
        if (machine.matches()) {
            String program = stores.isCompute(file) ? "globus-compute" : "globus-cli";
            return in(
                    machine.group(1),
                    machine.group(2),
                    LoginResult.Kind.CLIENT_CREDENTIALS,
                    program + "-" + machine.group(2));
        }
        Matcher compute = COMPUTE.matcher(namespace);
        return compute.matches() && stores.isCompute(file)
                ? in(compute.group(1), COMPUTE_CLIENT, kind, "globus-compute")
                : this;
    }

    /** What the program itself wrote down of its client counts more than what a place means. */
    private GlobusLogin in(String where, @Nullable String otherwise, LoginResult.Kind how, String called) {
        String title = where.equals("production") ? called : called + "-" + where;
        return new GlobusLogin(where, clientId == null ? otherwise : clientId, clientSecret, account, how, title);
    }

    /** Nobody in particular, and nothing to refresh with: the app fetches tokens for itself. */
    private static LoginResult.Kind kindOf(Collection<TokenData> records) {
        boolean machine = !records.isEmpty()
                && records.stream().allMatch(data -> data.refreshToken() == null && data.identityId() == null);
        return machine ? LoginResult.Kind.CLIENT_CREDENTIALS : LoginResult.Kind.REFRESH_TOKEN;
    }

    /** The same, where somebody knows better. */
    public GlobusLogin withClient(@Nullable String otherClientId, @Nullable Secret otherSecret) {
        boolean other = otherClientId != null && !otherClientId.equals(clientId);
        return new GlobusLogin(
                environment,
                otherClientId == null ? clientId : otherClientId,
                otherSecret != null || other ? otherSecret : clientSecret,
                account,
                kind,
                name);
    }

    /**
     * The origin of its tokens; nothing while the client is not known, or a machine's client has no secret.
     *
     * @param provider makes clients authenticate in Globus' way
     * @param data with which Globus
     */
    public Optional<Origin> origin(Provider provider, ProviderData data) {
        String id = clientId;
        Secret secret = clientSecret;
        if (id == null || (kind == LoginResult.Kind.CLIENT_CREDENTIALS && secret == null)) {
            return Optional.empty();
        }
        Client client = secret == null ? Client.open(id) : provider.client(id, secret);
        return Optional.of(new Origin(data, client, account, kind));
    }

    /** Every GlobusApp calls its namespace the same, so that the file says more. */
    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private static @Nullable String text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }
}
