package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.Addresses;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.oauth.ClientAuthentication;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.RefreshRules;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.provider.SetUp;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * tastytrade departs from the RFCs in that its token endpoint takes JSON and a client's secret without its id, answers errors
 * as {@code error_code}, and that sessions by password have remember tokens in the place of refresh tokens.
 *
 * <p>Its environments, {@code production} and {@code certification}, have clients, people and tokens of their own; what
 * belongs to the one is never sent to the other (docs/protocols/tastytrade.md section 2).
 */
public final class TastytradeProvider implements Provider {

    /** What it is called in sessions and on command lines. */
    public static final String ID = "tastytrade";

    /** The environment that trades. */
    public static final String PRODUCTION = "production";

    /** The environment for tests, which the vendor calls its sandbox, too. */
    public static final String CERTIFICATION = "certification";

    /** The client of a sandbox on this machine, in both environments. */
    public static final Client SANDBOX_CLIENT = posting("sandbox-tastytrade", Secret.of("sandbox-tastytrade-secret"));

    /** What people register as their application's redirect address, unless they say otherwise. */
    public static final URI REDIRECT = URI.create("http://localhost:8000");

    /** How long a remember token is good, as users of the service know it. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    private static final Map<String, URI> BASES = Map.of(
            PRODUCTION, URI.create("https://api.tastyworks.com"),
            CERTIFICATION, URI.create("https://api.cert.tastyworks.com"));

    private static final Map<String, URI> AUTHORIZE = Map.of(
            PRODUCTION, URI.create("https://my.tastytrade.com/auth.html"),
            CERTIFICATION, URI.create("https://cert-my.staging-tasty.works/auth.html"));

    static final String APPLICATIONS = "https://my.tastytrade.com/app.html#/manage/api-access/oauth-applications";
    static final String CERTIFICATION_ACCOUNTS = "https://developer.tastytrade.com/sandbox/";

    private static final String TOKEN = "/oauth/token";
    private static final String SESSIONS = "/sessions";
    private static final Scopes SCOPES = Scopes.of("read", "trade", "openid");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return ID;
    }

    @Override
    public List<String> environments() {
        return List.of(PRODUCTION, CERTIFICATION);
    }

    /** For OAuth sessions. */
    @Override
    public ProviderData describe(@Nullable String environment, @Nullable URI sandbox) {
        return at(environment, sandbox, TOKEN, SCOPES, Duration.ofMinutes(15));
    }

    /**
     * For sessions by password, whose remember tokens are good for {@link #REMEMBERED}; {@link ProviderData#withRefresh} says
     * otherwise. The live service has taken no passwords since February 2026: OAuth is the way that works there.
     *
     * @throws InvalidInput {@code unknown_environment} or {@code sandbox_not_loopback}
     */
    public ProviderData describePassword(@Nullable String environment, @Nullable URI sandbox) {
        // Somebody measured eight hours where the vendor documents a day; what the reply says comes before both.
        return at(environment, sandbox, SESSIONS, Scopes.NONE, Duration.ofHours(8))
                .withRefresh(RefreshRules.OWN_WAY.ofSingleUse(REMEMBERED));
    }

    @Override
    public ProviderData recall(String environment, URI tokenEndpoint, @Nullable URI sandbox) {
        return isPassword(tokenEndpoint) ? describePassword(environment, sandbox) : describe(environment, sandbox);
    }

    private ProviderData at(
            @Nullable String environment,
            @Nullable URI sandbox,
            String tokenPath,
            Scopes scopes,
            Duration defaultLifetime) {
        String name = environment == null ? PRODUCTION : environment;
        URI real = BASES.get(name);
        if (real == null) {
            throw new InvalidInput(Problem.of("unknown_environment", "tastytrade has no environment \"" + name + "\"")
                    .withAdvice("its environments: " + String.join(", ", environments())));
        }
        URI base = sandbox == null ? real : below(sandbox, name);
        boolean byPassword = tokenPath.equals(SESSIONS);
        URI authorize = sandbox == null ? AUTHORIZE.get(name) : URI.create(base + "/auth.html");
        return new ProviderData(
                ID,
                title(),
                name,
                sandbox,
                new Endpoints(
                        base.toString(),
                        byPassword ? null : authorize,
                        URI.create(base + tokenPath),
                        null,
                        null,
                        null,
                        null),
                ID,
                scopes,
                defaultLifetime,
                byPassword ? Duration.ZERO : null,
                byPassword ? null : REDIRECT,
                name.equals(PRODUCTION) ? APPLICATIONS : CERTIFICATION_ACCOUNTS,
                Map.of(ID, URI.create(base + "/")),
                RefreshRules.OWN_WAY,
                false);
    }

    /** Where the API is, without a slash at the end. */
    static URI base(URI tokenEndpoint) {
        return URI.create(tokenEndpoint.toString().replaceFirst("(" + TOKEN + "|" + SESSIONS + ")$", ""));
    }

    /** Whether a session with this token endpoint is one by password. */
    public static boolean isPassword(URI tokenEndpoint) {
        return tokenEndpoint.getPath().endsWith(SESSIONS);
    }

    @Override
    public RefreshWay refreshWay(URI tokenEndpoint) {
        return isPassword(tokenEndpoint) ? new RememberWay() : new OAuthWay();
    }

    @Override
    public Optional<Client> sandboxClient() {
        return Optional.of(SANDBOX_CLIENT);
    }

    /** The secret goes into the body; the id goes nowhere, and may be empty. */
    @Override
    public Client client(String id, Secret secret) {
        return posting(id, secret);
    }

    /** Each person has an application of their own, since it trades for nobody else. */
    @Override
    public Optional<SetUp> setUp(ProviderData data) {
        return isPassword(data.endpoints().token())
                ? Optional.empty()
                : Optional.of(new SetUp(REDIRECT, ClientAuthentication.POST, TastytradeSteps.of(data)));
    }

    /** Those of its Python library, which renews for itself; sessions by password have none. */
    @Override
    public Map<String, String> grantVariables(URI tokenEndpoint, Client client, Secret refreshToken) {
        Secret secret = client.secret();
        return secret == null || isPassword(tokenEndpoint)
                ? Map.of()
                : Map.of("TT_SECRET", secret.reveal(), "TT_REFRESH", refreshToken.reveal());
    }

    /** The vendor documents no PKCE. */
    @Override
    public boolean usesPkce(Client client) {
        return false;
    }

    private static Client posting(String id, Secret secret) {
        return new Client(id, secret, ClientAuthentication.POST);
    }

    private static URI below(URI sandbox, String environment) {
        if (!Addresses.isLoopback(sandbox)) {
            throw new InvalidInput(Problem.of(
                    "sandbox_not_loopback", "the sandbox's address is not on this machine; no token is sent there"));
        }
        return URI.create(sandbox.toString().replaceFirst("/+$", "") + "/" + ID + "/" + environment);
    }
}
