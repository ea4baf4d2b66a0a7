package io.github.evergrant.sandbox.globus;

import io.github.evergrant.sandbox.server.Json;
import io.github.evergrant.sandbox.server.Reply;
import io.github.evergrant.sandbox.token.Client;
import io.github.evergrant.sandbox.token.Grant;
import io.github.evergrant.sandbox.token.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What people allowed, scope by scope: each consent hangs below the one for whose sake it was given. Safe for all threads. */
final class GlobusConsents {

    private static final long FIRST_ID = 100_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consent> all = new ArrayList<>();

    GlobusConsents(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * One consent.
     *
     * @param path the ids from the root to this one
     * @param client who asked, at the root of the tree
     */
    private record Consent(
            List<Long> path, Person person, Client client, String scope, boolean optional, Instant created) {

        long id() {
            return path.get(path.size() - 1);
        }
    }

    /** Someone allows a client these scopes; what was allowed before stays. */
    void allow(Person person, Client client, List<GlobusScopeTree> scopes) {
        lock.lock();
        try {
            allow(List.of(), person, client, scopes);
        } finally {
            lock.unlock();
        }
    }

    /** The consents of a person, those given to one client or to all. */
    Reply list(Person person, Client client, boolean ofAllClients) {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("consents");
        lock.lock();
        try {
            all.stream()
                    .filter(consent -> consent.person().equals(person))
                    .filter(consent -> ofAllClients || consent.client().equals(client))
                    .forEach(consent -> array.add(json(consent)));
        } finally {
            lock.unlock();
        }
        return Reply.json(200, json);
    }

    /** Whether a person allowed a token's client that the service of a scope uses another one. */
    boolean hasBelow(Grant token, String scope, String dependency) {
        return below(token, scope).contains(dependency);
    }

    /** What a person allowed a token's client that the service of a scope uses. */
    List<String> below(Grant token, String scope) {
        lock.lock();
        try {
            List<Consent> theirs = all.stream()
                    .filter(consent -> consent.person().equals(token.person())
                            && consent.client().equals(token.client()))
                    .toList();
            List<Long> roots = theirs.stream()
                    .filter(consent ->
                            consent.path().size() == 1 && consent.scope().equals(scope))
                    .map(Consent::id)
                    .toList();
            return theirs.stream()
                    .filter(consent -> consent.path().size() == 2
                            && roots.contains(consent.path().get(0)))
                    .map(Consent::scope)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            all.clear();
        } finally {
            lock.unlock();
        }
    }

    private void allow(List<Long> above, Person person, Client client, List<GlobusScopeTree> scopes) {
        for (GlobusScopeTree scope : scopes) {
            Consent consent = all.stream()
                    .filter(known -> known.person().equals(person)
                            && known.client().equals(client)
                            && known.scope().equals(scope.name())
                            && known.path().subList(0, known.path().size() - 1).equals(above))
                    .findFirst()
                    .orElseGet(() -> added(above, person, client, scope));
            allow(consent.path(), person, client, scope.dependencies());
        }
    }

    private Consent added(List<Long> above, Person person, Client client, GlobusScopeTree scope) {
        List<Long> path = new ArrayList<>(above);
        path.add(FIRST_ID + all.size());
        Consent consent =
                new Consent(List.copyOf(path), person, client, scope.name(), scope.optional(), clock.instant());
        all.add(consent);
        return consent;
    }

    private static ObjectNode json(Consent consent) {
        String created = consent.created().toString().replace("Z", "+00:00");
        ObjectNode json = Json.object()
                .put("created", created)
                .put("id", consent.id())
                .put("status", "approved")
                .put("updated", created)
                .put("allows_refresh", true);
        ArrayNode path = json.putArray("dependency_path");
        consent.path().forEach(path::add);
        return json.put("scope_name", consent.scope())
                .put("atomically_revocable", consent.optional())
                .put("effective_identity", consent.person().id())
                .put("auto_approved", false)
                .put("last_used", created)
                .put(
                        "scope",
                        UUID.nameUUIDFromBytes(consent.scope().getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("client", consent.client().id());
    }
}
