package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.authorizer.Authorizer;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpSender;
import io.github.evergrant.login.Account;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.consent.Consent;
import io.github.evergrant.providers.globus.service.Document;
import io.github.evergrant.providers.globus.service.GlobusService;
import io.github.evergrant.providers.globus.service.Query;
import io.github.evergrant.providers.globus.service.ServiceClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API of Globus Auth, as somebody with an access token for {@code auth.globus.org} sees it; {@link #service} has the
 * rest. Safe for many threads. Every call throws what {@link ServiceClient} throws.
 *
 * @see <a href="https://docs.globus.org/api/auth/reference/">its reference</a>
 */
public final class AuthClient {

    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final ServiceClient service;

    /** @param service a client of Globus Auth */
    public AuthClient(ServiceClient service) {
        this.service = Objects.requireNonNull(service, "service");
    }

    /** Globus Auth where a provider's data says it is. */
    public static AuthClient of(ProviderData provider, HttpSender http, Authorizer authorizer) {
        return new AuthClient(ServiceClient.of(provider, GlobusService.AUTH, http, authorizer));
    }

    /** For whatever has no method here; its paths begin with {@code v2/}. */
    public ServiceClient service() {
        return service;
    }

    /** Who the token speaks for; it needs the scope {@code openid}. */
    public UserInfo userinfo() {
        Document claims = service.get("v2/oauth2/userinfo", Query.NONE);
        Account account = Account.of(claims.fields()).orElseThrow(() -> unreadable("it names nobody"));
        return new UserInfo(
                Objects.requireNonNull(account.identityId()),
                orNull(clean(claims, "preferred_username")),
                orNull(clean(claims, "name")),
                orNull(clean(claims, "email")),
                claims.fields());
    }

    /**
     * The identities of some usernames; those that are unknown are missing.
     *
     * @param provision whether an unknown one is made, for somebody who has never signed in
     * @throws InvalidInput {@code no_identities} when none is named
     */
    public List<Identity> identitiesByUsername(List<String> usernames, boolean provision) {
        // Here Globus is used to lower case.
        return identities(Query.of("usernames", joined(usernames)).with("provision", String.valueOf(provision)));
    }

    /**
     * The identities of some ids; those that are unknown are missing.
     *
     * @throws InvalidInput {@code no_identities} when none is named
     */
    public List<Identity> identitiesById(List<String> ids) {
        return identities(Query.of("ids", joined(ids)));
    }

    /**
     * What somebody allowed. A consent that cannot be read is left out.
     *
     * @param identityId whose; the token must be theirs
     * @param ofAllClients whether what was allowed to other clients than the token's is wanted as well
     * @throws InvalidInput {@code bad_identity} when that is no id
     */
    public List<Consent> consents(String identityId, boolean ofAllClients) {
        if (!IDENTITY.matcher(identityId).matches()) {
            throw new InvalidInput(Problem.of("bad_identity", "that is no id of an identity"));
        }
        Document reply = service.get("v2/api/identities/" + identityId + "/consents", Query.of("all", ofAllClients));
        return list(reply, "consents").stream()
                .map(each -> Consent.read(each.value()))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Identity> identities(Query query) {
        return list(service.get("v2/api/identities", query), "identities").stream()
                .filter(each -> !clean(each, "id").isEmpty())
                .map(each -> new Identity(
                        clean(each, "id"),
                        clean(each, "username"),
                        clean(each, "status"),
                        clean(each, "name"),
                        clean(each, "email"),
                        clean(each, "organization"),
                        clean(each, "identity_provider")))
                .toList();
    }

    private static String joined(List<String> wanted) {
        if (wanted.isEmpty()) {
            throw new InvalidInput(Problem.of("no_identities", "no identity was named"));
        }
        return String.join(",", wanted);
    }

    private static List<Document> list(Document reply, String name) {
        if (!(reply.fields().get(name) instanceof List<?>)) {
            throw unreadable("it has no " + name);
        }
        return reply.at(name).items();
    }

    private static String clean(Document document, String field) {
        return document.text(field).map(Cleaned::text).orElse("");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the answer of Globus Auth cannot be read: " + why), null);
    }
}
