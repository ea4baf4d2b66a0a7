package io.github.evergrant.session;

import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.oauth.Client;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.TokenData;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where tokens came from that another program obtained: no format of a token store says that.
 *
 * @param provider with whom they were obtained
 * @param client by which client; only it can renew them
 * @param account whose they are, as far as that is known
 * @param kind how successors are fetched
 */
public record Origin(ProviderData provider, Client client, Account account, LoginResult.Kind kind) {

    /** In the facts that an adoption noted. */
    private static final String ADOPTED = "adopted";

    public Origin {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * The facts of a session of this origin. What an earlier adoption noted may have been wrong, until a renewal proved it;
     * what a login noted was not.
     */
    Map<String, @Nullable Object> describe(String session, Standing standing, Instant now) {
        SessionFacts ours = facts(standing, now);
        SessionFacts known = SessionFacts.fromJson(standing.facts()).orElse(null);
        boolean proven = standing.lastRenewal() != null
                || !Boolean.TRUE.equals(standing.facts().get(ADOPTED));
        if (known != null && proven) {
            known.requireRenewsLike(ours, session);
            return known.toJson();
        }
        return adopted(ours);
    }

    /**
     * The same for a storage whose format says all of this, see {@link io.github.evergrant.storage.TokenStorage#facts}.
     *
     * @param resourceServer the one a caller means who names none
     * @param since when that program logged in, as far as the format says it
     */
    public Map<String, @Nullable Object> noted(String resourceServer, Instant since) {
        return adopted(SessionFacts.of(this, Scopes.NONE, resourceServer, since));
    }

    private static Map<String, @Nullable Object> adopted(SessionFacts facts) {
        Map<String, @Nullable Object> json = facts.toJson();
        json.put(ADOPTED, true);
        return json;
    }

    private SessionFacts facts(Standing standing, Instant now) {
        TokenData[] records =
                standing.records().values().stream().map(Standing.Entry::data).toArray(TokenData[]::new);
        Scopes scopes = Scopes.NONE;
        for (TokenData record : records) {
            scopes = scopes.plus(record.scopes());
        }
        Account whose = account.identityId() == null
                ? new Account(account.username(), standing.identity().orElse(null))
                : account;
        return SessionFacts.of(
                new Origin(provider, client, whose, kind),
                scopes,
                records.length == 1 ? records[0].resourceServer() : null,
                now);
    }
}
