package io.github.evergrant.session;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.login.Account;
import io.github.evergrant.login.LoginRequest;
import io.github.evergrant.login.LoginResult;
import io.github.evergrant.renewal.Admission;
import io.github.evergrant.renewal.Standing;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.validation.TokenValidator;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a login may take a session's place, and what of the session stays. */
final class NewLogin {

    private NewLogin() {}

    /** Every record says who it speaks for, also where the reply did not. */
    static TokenResponse withIdentity(LoginResult login) {
        String identity = login.account().identityId();
        if (identity == null) {
            return login.response();
        }
        Map<String, TokenData> all = new LinkedHashMap<>();
        login.response()
                .byResourceServer()
                .forEach((rs, data) -> all.put(rs, data.identityId() == null ? data.withIdentityId(identity) : data));
        return login.response().with(all);
    }

    /** @throws LoginFailed when another account's or another provider's session would be replaced unasked */
    static Admission.Admitted admit(
            String name, Optional<Standing> before, LoginResult login, boolean replace, Instant now) {
        Optional<SessionFacts> former = before.flatMap(standing -> SessionFacts.fromJson(standing.facts()));
        boolean sameProvider = former.map(facts -> sameProvider(facts, login)).orElse(true);
        boolean otherAccount =
                before.map(standing -> otherAccount(standing, former, login)).orElse(false);
        if (!replace && (!sameProvider || otherAccount)) {
            throw refused(name, sameProvider, former.orElse(null), login.account());
        }
        boolean adds = sameProvider
                && !otherAccount
                && former.map(facts -> facts.client().id().equals(login.client().id()))
                        .orElse(false);
        List<TokenData> kept = adds ? before.map(NewLogin::stored).orElse(List.of()) : List.of();
        String only = only(kept, List.copyOf(login.response().byResourceServer().values()));
        LoginResult known = adds ? remembering(login, former.orElse(null)) : login;
        return new Admission.Admitted(
                SessionFacts.of(known, only, now).toJson(), adds ? Admission.Keep.OTHERS : Admission.Keep.NONE);
    }

    private static List<TokenData> stored(Standing standing) {
        return standing.records().values().stream().map(Standing.Entry::data).toList();
    }

    /** The resource server that a caller means who names none; null when there are several. */
    private static @Nullable String only(List<TokenData> kept, List<TokenData> come) {
        List<TokenData> named = ofApis(come);
        boolean several = named.size() > 1 || ofApis(kept).size() > 1;
        return several ? null : named.get(0).resourceServer();
    }

    /** Without a token that only says who somebody is, as long as there is another. */
    private static List<TokenData> ofApis(List<TokenData> all) {
        List<TokenData> others = all.stream()
                .filter(data -> !data.scopes().equals(LoginRequest.IDENTITY))
                .toList();
        return others.isEmpty() ? all : others;
    }

    /**
     * Judges a login by a storage's demands, while nobody else can change the session.
     *
     * @param keep what stays of the session before
     */
    static void judge(
            TokenValidator validator, String name, Optional<Standing> before, LoginResult login, Admission.Keep keep) {
        Map<String, TokenData> stored = new LinkedHashMap<>();
        before.ifPresent(standing -> standing.records().forEach((rs, entry) -> stored.put(rs, entry.data())));
        Map<String, TokenData> next = withIdentity(login).byResourceServer();
        Map<String, Fingerprint> replaced = new LinkedHashMap<>();
        stored.forEach((rs, data) -> {
            if (keep == Admission.Keep.NONE || next.containsKey(rs)) {
                replaced.put(rs, data.fingerprint());
            }
        });
        validator.beforeStore(name, stored, new Replacement(replaced, next));
    }

    private static boolean sameProvider(SessionFacts facts, LoginResult login) {
        return facts.provider().equals(login.provider().id())
                && facts.environment().equals(login.provider().environment())
                && Objects.equals(facts.base(), login.provider().base())
                && facts.kind() == login.kind();
    }

    private static boolean otherAccount(Standing standing, Optional<SessionFacts> former, LoginResult login) {
        String theirs = login.account().identityId();
        Set<String> ours = standing.records().values().stream()
                .flatMap(entry -> entry.data().identity().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (ours.isEmpty()) {
            former.map(facts -> facts.account().identityId()).ifPresent(ours::add);
        }
        // Who does not say whose it is may be anybody; where several are mixed, none may add to it.
        return ours.stream().anyMatch(each -> !each.equals(theirs));
    }

    /** A login that does not say who came, with a session's own client, came from whom the session is. */
    private static LoginResult remembering(LoginResult login, @Nullable SessionFacts former) {
        if (former == null) {
            return login;
        }
        return new LoginResult(
                login.provider(),
                login.client(),
                login.account().identityId() == null ? former.account() : login.account(),
                login.response(),
                login.kind(),
                former.scopes().plus(login.scopes()));
    }

    private static LoginFailed refused(String name, boolean sameProvider, @Nullable SessionFacts former, Account came) {
        String whose = former == null ? "another account's" : whose(former, sameProvider);
        String who = came.username() == null ? came.identityId() : came.username();
        return new LoginFailed(Problem.of(
                        sameProvider ? "other_account" : "other_provider",
                        "session '" + name + "' is " + whose + ", and "
                                + (who == null ? "this login does not say whose it is" : who + " logged in")
                                + "; nothing was saved")
                .withAdvice("log in under another name, or say that the" + " session is to be replaced")
                .withSession(name));
    }

    private static String whose(SessionFacts former, boolean sameProvider) {
        String user = former.account().username();
        if (sameProvider) {
            return user == null ? "another account's" : user + "'s";
        }
        return (former.kind() == LoginResult.Kind.CLIENT_CREDENTIALS ? "a machine's" : "a person's") + " with "
                + former.provider() + " (" + former.environment() + ")";
    }
}
