package io.github.evergrant.session;

import io.github.evergrant.login.LoginResult;
import io.github.evergrant.renewal.Admission;
import io.github.evergrant.renewal.SessionRecords;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a login at a door: it is kept as a session, or nothing of it stays alive. */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final Evergrant door;
    private final TokenStorage storage;

    Keeping(Evergrant door) {
        this.door = door;
        this.storage = door.unvalidated();
    }

    Session keep(String name, LoginResult login, boolean replace) {
        Instant now = now();
        storage.requireNamespace(name);
        records(name).keepLogin(NewLogin.withIdentity(login), before -> {
            Admission.Admitted admitted = NewLogin.admit(name, before, login, replace, now);
            NewLogin.judge(door.storage().validator(), name, before, login, admitted.keep());
            return admitted;
        });
        return door.session(name);
    }

    Session orDiscard(String name, LoginResult login, Supplier<Session> keep) {
        try {
            return keep.get();
        } catch (RuntimeException e) {
            List<String> alive = discardUnlessKept(name, login);
            if (!alive.isEmpty()) {
                LOG.warn("a login that was not kept could not be revoked: {}", String.join("; ", alive));
            }
            throw e;
        }
    }

    Session fill(String name, LoginResult login) {
        Instant now = now();
        storage.requireNamespace(name);
        records(name).keepLogin(login.response(), before -> {
            Optional<SessionFacts> known = before.flatMap(standing -> SessionFacts.fromJson(standing.facts()));
            SessionFacts ours = SessionFacts.of(login, null, now);
            known.ifPresent(facts -> facts.requireRenewsLike(ours, name));
            return new Admission.Admitted(known.orElse(ours).toJson(), Admission.Keep.ALL);
        });
        return door.session(name);
    }

    List<String> discard(LoginResult login) {
        Revoking revoking = new Revoking(door.http());
        SessionFacts facts = SessionFacts.of(login, null, now());
        revoking.revokeAll(
                Optional.of(facts), login.response().byResourceServer().values());
        return revoking.failures();
    }

    List<String> discardUnlessKept(String name, LoginResult login) {
        try {
            if (isKept(name, login)) {
                return List.of();
            }
        } catch (RuntimeException e) {
            // What failed to keep it may be what fails now; a session that has it already must not die of that.
            LOG.warn("whether session '{}' has the login cannot be seen: its tokens stay alive", name);
            return List.of();
        }
        return discard(login);
    }

    /** Whether any of its tokens is the session's: from the journal's first write on it is, whatever came after that. */
    private boolean isKept(String name, LoginResult login) {
        Set<Secret> come = secrets(login.response().byResourceServer().values()).collect(Collectors.toSet());
        Collection<Standing.Entry> there = records(name)
                .standing(now())
                .map(Standing::records)
                .orElse(Map.of())
                .values();
        return secrets(there.stream().map(Standing.Entry::data).toList()).anyMatch(come::contains);
    }

    private static Stream<Secret> secrets(Collection<TokenData> tokens) {
        return tokens.stream().flatMap(data -> Stream.concat(Stream.of(data.accessToken()), data.refresh().stream()));
    }

    private SessionRecords records(String name) {
        return new SessionRecords(storage, name);
    }

    private Instant now() {
        return door.settings().clock().instant();
    }
}
