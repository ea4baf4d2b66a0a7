package io.github.evergrant.providers.globus.auth;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.HostileJson;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.providers.globus.consent.Consent;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API of Globus Auth, as somebody with an access token for {@code auth.globus.org} sees it.
 *
 * <p>Safe for many threads if its function is. Every method throws {@link io.github.evergrant.error.ProviderRefused} when
 * Globus Auth says no and {@link io.github.evergrant.error.TemporarilyUnavailable} when no usable answer came.
 *
 * @see <a href="https://docs.globus.org/api/auth/reference/">its reference</a>
 */
public final class AuthClient {

    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final URI base;
    private final URI userinfo;
    private final Function<HttpCall, HttpReply> api;

    /**
     * @param globus where Globus Auth is
     * @param api puts a token on a request and sends it
     */
    public AuthClient(ProviderData globus, Function<HttpCall, HttpReply> api) {
        this.base = Objects.requireNonNull(globus.apis().get("auth"), "the address of Globus Auth");
        this.userinfo = Objects.requireNonNull(globus.endpoints().userinfo(), "the address of userinfo");
        this.api = Objects.requireNonNull(api, "api");
    }

    /** Who the token speaks for; it needs the scope {@code openid}. */
    public UserInfo userinfo() {
        Map<String, @Nullable Object> claims = get(userinfo);
        String subject = Replies.cleanOrNull(claims.get("sub"));
        if (subject == null) {
            throw Replies.unreadable("it names nobody");
        }
        return new UserInfo(
                subject,
                Replies.cleanOrNull(claims.get("preferred_username")),
                Replies.cleanOrNull(claims.get("name")),
                Replies.cleanOrNull(claims.get("email")),
                claims);
    }

    /**
     * The identities of some usernames; those that are unknown are missing.
     *
     * @param provision whether an unknown one is made, for somebody who has never signed in
     * @throws InvalidInput {@code no_identities} when none is named
     */
    public List<Identity> identitiesByUsername(List<String> usernames, boolean provision) {
        return identities("usernames", usernames, "&provision=" + provision);
    }

    /**
     * The identities of some ids; those that are unknown are missing.
     *
     * @throws InvalidInput {@code no_identities} when none is named
     */
    public List<Identity> identitiesById(List<String> ids) {
        return identities("ids", ids, "");
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
        // Globus is used to Python's spelling.
        String all = ofAllClients ? "True" : "False";
        Map<String, @Nullable Object> reply =
                get(base.resolve("v2/api/identities/" + identityId + "/consents?all=" + all));
        return Replies.list(reply, "consents").stream()
                .map(Consent::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Identity> identities(String by, List<String> wanted, String more) {
        if (wanted.isEmpty()) {
            throw new InvalidInput(Problem.of("no_identities", "no identity was named"));
        }
        String query = by + "=" + URLEncoder.encode(String.join(",", wanted), StandardCharsets.UTF_8) + more;
        Map<String, @Nullable Object> reply = get(base.resolve("v2/api/identities?" + query));
        List<Identity> found = new ArrayList<>();
        for (Object each : Replies.list(reply, "identities")) {
            Map<String, @Nullable Object> fields = HostileJson.asObject(each);
            String id = Replies.cleanOrNull(fields.get("id"));
            if (id != null) {
                found.add(new Identity(
                        id,
                        Replies.clean(fields.get("username")),
                        Replies.clean(fields.get("status")),
                        Replies.clean(fields.get("name")),
                        Replies.clean(fields.get("email")),
                        Replies.clean(fields.get("organization")),
                        Replies.clean(fields.get("identity_provider"))));
            }
        }
        return List.copyOf(found);
    }

    private Map<String, @Nullable Object> get(URI uri) {
        return Replies.object(api.apply(HttpCall.get(uri)));
    }
}
