package io.github.evergrant.cli.report;

import io.github.evergrant.cli.frame.JsonLine;
import io.github.evergrant.cli.frame.Times;
import io.github.evergrant.providers.tastytrade.saved.SerializedSession;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.session.Listed;
import io.github.evergrant.session.Session;
import io.github.evergrant.session.SessionFacts;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a session without asking anybody; nothing of it is secret.
 *
 * @param name its name
 * @param facts what was true at login; nothing when another program wrote the session
 * @param standing what is true now
 * @param now when that is
 * @param unreadable what is stored of it and cannot be read, in words; null when nobody looked
 */
public record SessionReport(
        String name,
        Optional<SessionFacts> facts,
        Standing standing,
        Instant now,
        @Nullable List<String> unreadable) {

    public static SessionReport of(Session session, Instant now) {
        List<String> unreadable = session.faults().stream()
                .map(fault -> String.valueOf(fault.getMessage()))
                .toList();
        return new SessionReport(session.name(), session.facts(), session.standing(), now, unreadable);
    }

    /** As it was found among all, without {@link #unreadable}: that would be looked for in the whole store each time. */
    public static SessionReport of(Listed listed, Instant now) {
        Session session = listed.session();
        return new SessionReport(session.name(), session.facts(), listed.standing(), now, null);
    }

    public SessionState state() {
        return SessionState.of(facts, standing, now);
    }

    /** The provider's name, with the environment when it is not the usual one, or "-". */
    public String provider() {
        return facts.map(known -> known.provider()
                        + (known.base() == null ? "" : " (sandbox)")
                        + (known.environment().equals("production") ? "" : " " + known.environment()))
                .orElse("-");
    }

    /** Who it speaks for, or "-". */
    public String account() {
        String username = facts.map(known -> known.account().username()).orElse(null);
        return username == null ? standing.identity().orElse("-") : username;
    }

    /** Whether it ends with its token because nobody asked for what would renew it, or none was given. */
    public boolean endsWithToken() {
        return facts.filter(TastytradeSessions::areByPassword).isPresent()
                && standing.records().values().stream().noneMatch(entry -> SessionState.isRenewable(facts, entry, now));
    }

    /** When the first of its tokens ends, in words. */
    public String expires() {
        return standing.records().values().stream()
                .map(Standing.Entry::data)
                .filter(tokens -> tokens.expiry().end().isPresent())
                .min(Comparator.comparing(tokens -> tokens.expiry().end().orElseThrow()))
                .flatMap(tokens -> end(tokens, now))
                .orElse("never");
    }

    /** When tokens end, in words; nothing when they do not. */
    public static Optional<String> end(TokenData tokens, Instant now) {
        return tokens.expiry()
                .end()
                .map(end -> SerializedSession.isUnfetched(tokens) ? "not fetched yet" : Times.relative(end, now));
    }

    /** For scripts; {@code storage} is the address of the store. */
    public Map<String, @Nullable Object> json(String storage) {
        Map<String, @Nullable Object> json = JsonLine.object();
        json.put("session", name);
        json.put("provider", facts.map(SessionFacts::provider).orElse(null));
        json.put("environment", facts.map(SessionFacts::environment).orElse(null));
        json.put("sandbox", facts.map(SessionFacts::base).orElse(null));
        json.put("account", facts.map(known -> known.account().username()).orElse(null));
        json.put("identity", identity());
        json.put("client_id", facts.map(known -> known.client().id()).orElse(null));
        json.put("state", state().word());
        json.put("expires_at", expiries());
        json.put("resource_servers", resourceServers());
        TreeSet<String> scopes = new TreeSet<>();
        standing.records()
                .values()
                .forEach(entry -> scopes.addAll(entry.data().scopes().values()));
        json.put("scopes", scopes);
        json.put("storage", storage);
        json.put("logged_in_at", exact(facts.map(SessionFacts::loggedInAt).orElse(null)));
        json.put("last_renewal", exact(standing.lastRenewal()));
        json.put("last_error", standing.lastFailure());
        json.put("cooling_until", exact(standing.coolingUntil()));
        json.put("in_doubt_since", exact(standing.inDoubt()));
        json.put("unreadable", unreadable);
        return json;
    }

    private @Nullable String identity() {
        return standing.identity()
                .or(() -> facts.map(known -> known.account().identityId()))
                .orElse(null);
    }

    private Map<String, @Nullable String> expiries() {
        Map<String, @Nullable String> ends = new LinkedHashMap<>();
        standing.records()
                .forEach((rs, entry) ->
                        ends.put(rs, exact(entry.data().expiry().end().orElse(null))));
        return ends;
    }

    private Map<String, Object> resourceServers() {
        Map<String, Object> all = new LinkedHashMap<>();
        standing.records().forEach((rs, entry) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("state", SessionState.ofRecord(facts, standing, rs, now).word());
            one.put("expires_at", exact(entry.data().expiry().end().orElse(null)));
            one.put("scopes", entry.data().scopes().values());
            String refused = standing.dead().get(rs);
            one.put("renewable", refused == null && SessionState.isRenewable(facts, entry, now));
            one.put("renewable_until", refused == null ? exact(entry.refreshEnd()) : null);
            one.put("refused", refused);
            all.put(rs, one);
        });
        return all;
    }

    private static @Nullable String exact(@Nullable Instant instant) {
        return instant == null ? null : Times.exact(instant);
    }
}
