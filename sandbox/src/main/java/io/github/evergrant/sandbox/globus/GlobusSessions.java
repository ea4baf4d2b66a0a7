package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Form;
import io.github.evergrant.sandbox.server.Refusal;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Person;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How people signed in last with each client, as the {@code session_…} parameters wanted it. Safe for all threads. */
final class GlobusSessions {

    private static final List<String> PARAMETERS = List.of(
            "session_message",
            "session_required_identities",
            "session_required_single_domain",
            "session_required_policies",
            "session_required_mfa",
            "prompt");

    private final InstantSource clock;
    private final Map<Key, Session> sessions = new ConcurrentHashMap<>();

    GlobusSessions(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(String person, String client) {}

    /**
     * A sign-in.
     *
     * @param required whether any parameter asked for it: a login nobody asked anything of proves nothing
     * @param mfa whether a second factor was shown
     */
    record Session(Person person, boolean required, boolean mfa, Set<String> policies, Instant at) {}

    /** What a request says of the session it needs; refuses what cannot be. */
    static Map<String, String> asked(Form query) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : PARAMETERS) {
            String value = query.one(name);
            if (value != null) {
                asked.put(name, value);
            }
        }
        String mfa = asked.getOrDefault("session_required_mfa", "false");
        if (!mfa.equalsIgnoreCase("true") && !mfa.equalsIgnoreCase("false")) {
            throw Refusal.badRequest("session_required_mfa must be true or false");
        }
        return asked;
    }

    /** Why this person's sign-in would not do; absent when it does. */
    static @Nullable String objection(Map<String, String> asked, Person person) {
        List<String> identities = list(asked, "session_required_identities");
        if (!identities.isEmpty() && !identities.contains(person.id()) && !identities.contains(person.username())) {
            return "Another identity has to sign in: " + String.join(", ", identities);
        }
        List<String> domains = list(asked, "session_required_single_domain");
        String domain = person.username().substring(person.username().indexOf('@') + 1);
        if (!domains.isEmpty() && !domains.contains(domain)) {
            return "Someone of this domain has to sign in: " + String.join(", ", domains);
        }
        return null;
    }

    void signedIn(Map<String, String> asked, Person person, Client client) {
        boolean required = asked.keySet().stream().anyMatch(name -> name.startsWith("session_required_"));
        boolean mfa = "true".equalsIgnoreCase(asked.get("session_required_mfa"));
        Set<String> policies = Set.copyOf(list(asked, "session_required_policies"));
        sessions.put(new Key(person.id(), client.id()), new Session(person, required, mfa, policies, clock.instant()));
    }

    Optional<Session> of(Person person, Client client) {
        return Optional.ofNullable(sessions.get(new Key(person.id(), client.id())));
    }

    void clear() {
        sessions.clear();
    }

    private static List<String> list(Map<String, String> asked, String name) {
        String text = asked.get(name);
        return text == null ? List.of() : List.of(text.split(","));
    }
}
