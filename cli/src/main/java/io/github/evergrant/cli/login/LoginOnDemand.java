package io.github.evergrant.cli.login;

import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Scopes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person sign in when a command turns out to need it, as {@code login} without options would: where somebody can be
 * asked, and it is known with which provider and by which client. For one thread.
 */
public final class LoginOnDemand {

    /** What a login under this name does not mend, or must not unasked. */
    private static final Set<String> NOT_MENDED =
            Set.of("moved", "other_account", "adopted_gone", "unknown_resource_server");

    private final Invocation it;
    private final @Nullable String providerId;
    private final Instant began;
    private final Set<String> done = new HashSet<>();

    /**
     * To be made before the command first looks at a session: a login that another process makes after that is shared.
     *
     * @param providerId with whom, where neither the session nor its name says so; or null
     * @throws InvalidInput {@code unknown_provider}
     */
    public LoginOnDemand(Invocation it, @Nullable String providerId) {
        this.it = it;
        this.providerId = providerId;
        this.began = it.now();
        if (providerId != null) {
            it.providers().named(providerId);
        }
    }

    /** What the session is called that a login would make where there is none; nothing when it is not known with whom. */
    public Optional<String> newName() {
        return Optional.ofNullable(providerId).map(id -> it.onlyName().orElseGet(() -> ownName(id)));
    }

    private String ownName(String id) {
        OwnName own = usual(id);
        return OwnName.of(own.provider(), own.environment());
    }

    private OwnName usual(String id) {
        Provider provider = it.providers().named(id);
        return new OwnName(provider, provider.describe(null, null).environment());
    }

    /**
     * Sees to it that a person signs in, once for each session.
     *
     * @param need what the command stumbled over
     * @throws LoginRequired the need, when nobody can be asked or a login would not help
     */
    public void meet(LoginRequired need) {
        String session = need.session().orElse(null);
        if (session == null || !it.mayAsk() || NOT_MENDED.contains(need.code()) || !done.add(session)) {
            throw need;
        }
        Wanted wanted = wanted(session).orElseThrow(() -> need);
        OwnName.requireFree(it, session);
        Method method = new Method();
        it.concerns(session);
        it.voice().say(need.getMessage() + ": sign in to go on.");
        new ByPerson(it, method, wanted).together(method.byPerson(it), began).say(it);
    }

    /** Where people sign in with a browser; what else a login needs, the command that is advised asks for. */
    private Optional<Wanted> wanted(String session) {
        return former(session)
                .map(facts -> again(session, facts))
                .orElseGet(() -> anew(session))
                .filter(wanted -> wanted.request().provider().endpoints().authorization() != null);
    }

    private Optional<SessionFacts> former(String session) {
        try {
            return it.look(session).facts();
        } catch (EvergrantException e) {
            return Optional.empty();
        }
    }

    /** By the same client and for the same as before; a machine's credentials were refused, and a person has others. */
    private Optional<Wanted> again(String session, SessionFacts facts) {
        if (facts.kind() == LoginResult.Kind.CLIENT_CREDENTIALS) {
            return Optional.empty();
        }
        return it.providers().all().stream()
                .filter(known -> known.id().equals(facts.provider()))
                .findFirst()
                .map(provider -> wanted(
                        session,
                        provider,
                        provider.recall(facts.environment(), facts.tokenEndpoint(), facts.base()),
                        facts.client(),
                        facts.scopes()));
    }

    private Optional<Wanted> anew(String session) {
        OwnName own =
                providerId == null ? OwnName.read(session, it.providers().all()).orElse(null) : usual(providerId);
        if (own == null) {
            return Optional.empty();
        }
        ProviderData data =
                own.provider().describe(own.environment(), it.sandbox().orElse(null));
        if (data.endpoints().authorization() == null) {
            return Optional.empty();
        }
        try {
            Client client = new ClientChoice().ofPerson(it, own.provider(), data, Optional.empty());
            return Optional.of(wanted(session, own.provider(), data, client, Scopes.NONE));
        } catch (InvalidInput e) {
            // The command that is advised says which client it lacks.
            return Optional.empty();
        }
    }

    private static Wanted wanted(String session, Provider provider, ProviderData data, Client client, Scopes scopes) {
        return new Wanted(session, LoginRequest.ofPerson(provider, data, client, scopes), null, false);
    }
}
