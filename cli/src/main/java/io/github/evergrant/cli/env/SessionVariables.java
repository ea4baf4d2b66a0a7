package io.github.evergrant.cli.env;

import io.github.evergrant.cli.frame.CliProblem;
import io.github.evergrant.cli.frame.Invocation;
import io.github.evergrant.cli.frame.SendableToken;
import io.github.evergrant.cli.report.OldToken;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.provider.Provider;
import io.github.evergrant.renewal.Demand;
import io.github.evergrant.renewal.Obtained;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.Secret;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that stand for sessions: each provider's fixed list, for the token or for the client that gets
 * tokens by itself, or the one that was named, and {@code EVERGRANT_SESSION}. Nothing that is stored can name a variable.
 *
 * @param variable in place of the provider's own, or null
 * @param resourceServer which API the tokens are for, or null
 */
public record SessionVariables(
        @Nullable String variable, @Nullable String resourceServer) {

    /** Names the session for programs that use Evergrant themselves. */
    public static final String SESSION = "EVERGRANT_SESSION";

    /** @throws InvalidInput when the variable is none */
    public SessionVariables {
        if (variable != null && !isName(variable)) {
            throw CliProblem.usage("--variable needs the name of a variable: letters, digits and _");
        }
    }

    /** Whether a shell takes it for the name of a variable. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What to set for these sessions, whose tokens are renewed first where that is due. */
    public Map<String, String> of(Invocation it, List<String> sessions) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : sessions) {
            Session session = it.session(name);
            Map<String, String> its = new LinkedHashMap<>(client(it, session));
            if (its.isEmpty()) {
                String token = token(it, session, sessions.size() == 1);
                its.putAll(grant(it, session));
                if (its.isEmpty()) {
                    names(it, session).forEach(each -> its.put(each, token));
                }
            }
            requireSettable(session, its.values());
            its.putAll(instance(it, session));
            its.forEach((each, value) -> {
                if (all.putIfAbsent(each, value) != null) {
                    throw CliProblem.usage("two of the sessions set " + each + "; give one of them");
                }
            });
        }
        // Whoever has the variables has that session by them alone.
        if (!it.isOfVariables(sessions.get(0))) {
            all.put(SESSION, sessions.get(0));
        }
        return all;
    }

    /** Where the session's provider is, for programs that are told so by variables; nothing when a variable was named. */
    private Map<String, String> instance(Invocation it, Session session) {
        return session.facts()
                .filter(facts -> variable == null)
                .flatMap(facts -> provider(it, session).map(known -> known.instanceVariables(facts.tokenEndpoint())))
                .orElse(Map.of());
    }

    /** The session's client, for programs that get their tokens by it; nothing when a variable was named. */
    private Map<String, String> client(Invocation it, Session session) {
        return session.facts()
                .filter(facts -> variable == null)
                .flatMap(facts -> provider(it, session)
                        .map(known -> known.clientVariables(
                                facts.client(), facts.account().identityId())))
                .orElse(Map.of());
    }

    private static void requireSettable(Session session, Collection<String> values) {
        if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw new InvalidInput(Problem.of(
                            "client_malformed",
                            "the client of session '" + session.name() + "' has a character that no variable can hold")
                    .withSession(session.name()));
        }
    }

    /** What programs need that renew by themselves, where the session's do; nothing when a variable was named. */
    private Map<String, String> grant(Invocation it, Session session) {
        SessionFacts facts = session.facts().filter(known -> variable == null).orElse(null);
        List<Standing.Entry> records = List.copyOf(session.standing().records().values());
        Secret refreshToken = records.size() == 1 ? records.get(0).data().refreshToken() : null;
        return facts == null || refreshToken == null
                ? Map.of()
                : provider(it, session)
                        .map(known -> known.grantVariables(facts.tokenEndpoint(), facts.client(), refreshToken))
                        .orElse(Map.of());
    }

    private static Optional<Provider> provider(Invocation it, Session session) {
        String id = session.facts().map(SessionFacts::provider).orElse("");
        return it.providers().all().stream()
                .filter(known -> known.id().equals(id))
                .findFirst();
    }

    private List<String> names(Invocation it, Session session) {
        if (variable != null) {
            return List.of(variable);
        }
        List<String> names = provider(it, session).map(Provider::tokenVariables).orElse(List.of());
        if (names.isEmpty()) {
            throw new InvalidInput(Problem.of(
                            "variable_needed",
                            "the programs that use session '" + session.name()
                                    + "' have no variable of their own; name one with --variable")
                    .withSession(session.name()));
        }
        return names;
    }

    private String token(Invocation it, Session session, boolean alone) {
        String rs = resourceServer;
        if (rs == null || (!alone && !session.standing().records().containsKey(rs))) {
            rs = session.resourceServer();
        }
        Obtained obtained = session.obtain(rs, Demand.GOOD_NOW.withPatience(it.patience()));
        OldToken.warn(it, obtained);
        return SendableToken.value(obtained.data(), session.name());
    }
}
