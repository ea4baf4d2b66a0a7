package io.github.evergrant.cli.login;

import io.github.evergrant.cli.agave.TenantOptions;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.Person;
import io.github.evergrant.cli.frame.ProviderIds;
import io.github.evergrant.cli.frame.SessionNames;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a login, and what follows from them with any provider. */
final class LoginOptions {

    @Parameters(
            paramLabel = "PROVIDER",
            completionCandidates = ProviderIds.class,
            description = "With whom: see `evergrant providers list`.")
    private String provider = "";

    @Option(names = "--environment", paramLabel = "NAME", description = "Which instance of the provider.")
    private @Nullable String environment;

    @Option(
            names = "--scope",
            paramLabel = "S",
            description = "What to ask for; repeat it or separate by spaces. Adds to what the session has.")
    private List<String> scopes = new ArrayList<>();

    @Mixin
    private ClientChoice client = new ClientChoice();

    @Mixin
    private Method method = new Method();

    @Mixin
    private TenantOptions tenant = new TenantOptions();

    @Mixin
    private Person person = new Person();

    @Mixin
    private TastytradeOptions tastytrade = new TastytradeOptions();

    @Option(
            names = "--token-username",
            paramLabel = "U",
            description = "With Agave, for administrators: whose token is asked for, in the place of one's own.")
    private @Nullable String tokenUsername;

    @Option(
            names = "--expect-user",
            paramLabel = "ID",
            description = "Keep the login only if it is this user's: a username or an identity id.")
    private @Nullable String expectedUser;

    @Option(names = "--replace", description = "Replace a session of another account or provider.")
    private boolean replace;

    /** Claims standard input if it is read. */
    void claimInput(Invocation it) {
        client.claimInput(it);
        person.claimInput(it);
    }

    String provider() {
        return provider;
    }

    @Nullable
    String environment() {
        return environment;
    }

    ClientChoice client() {
        return client;
    }

    Method method() {
        return method;
    }

    TenantOptions tenant() {
        return tenant;
    }

    Person person() {
        return person;
    }

    TastytradeOptions tastytrade() {
        return tastytrade;
    }

    @Nullable
    String tokenUsername() {
        return tokenUsername;
    }

    @Nullable
    String expectedUser() {
        return expectedUser;
    }

    Given given() {
        return new Given(
                tenant.areGiven() || tokenUsername != null,
                person.isGiven(),
                !scopes.isEmpty(),
                client.isGiven(),
                tastytrade.areGiven(),
                method);
    }

    /** What is known of the provider's instance that is meant. */
    ProviderData describe(Invocation it, Provider with) {
        return with.describe(environment, it.sandbox().orElse(null));
    }

    /** What the session will be called, which its failures are said of from now on. */
    String name(Invocation it, Provider with, ProviderData data) {
        String name = SessionNames.checked(meantName(it, with, data));
        OwnName.requireFree(it, name);
        it.concerns(name);
        return name;
    }

    /** The same, though there may be no session of that name here. */
    static String meantName(Invocation it, Provider with, ProviderData data) {
        return it.namedSession().or(it::onlyName).orElseGet(() -> OwnName.of(with, data.environment()));
    }

    /** The session that is logged in again, if it is with the same provider; read before anything is sent. */
    Optional<SessionFacts> former(Invocation it, String name, ProviderData data) {
        Optional<SessionFacts> facts;
        try {
            facts = it.look(name).facts();
        } catch (LoginRequired e) {
            return Optional.empty();
        } catch (StorageFailure e) {
            if (e.code().equals("token_malformed")) {
                // Nothing of it can be read: whatever it was, a login takes its place.
                return Optional.empty();
            }
            throw e;
        }
        boolean same = facts.map(known -> known.provider().equals(data.id())
                        && known.environment().equals(data.environment())
                        && Objects.equals(known.base(), data.base()))
                .orElse(true);
        if (!same && !replace) {
            throw new LoginFailed(Problem.of(
                            "other_provider",
                            "session '" + name + "' is with another provider or environment; nothing was sent")
                    .withSession(name));
        }
        return same ? facts : Optional.empty();
    }

    /** With the client it has, a login adds to what the session was asked for. */
    Scopes scopes(Optional<SessionFacts> former, Client by) {
        Scopes asked = Scopes.parse(String.join(" ", scopes));
        return former.filter(known -> known.client().id().equals(by.id()))
                .map(known -> known.scopes().plus(asked))
                .orElse(asked);
    }

    /** @param name as which the login is kept */
    Wanted wanted(String name, LoginRequest request) {
        return new Wanted(name, request, expectedUser, replace);
    }
}
