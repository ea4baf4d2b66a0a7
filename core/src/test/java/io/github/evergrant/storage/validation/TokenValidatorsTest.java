package io.github.evergrant.storage.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.evergrant.error.EvergrantException;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.StorageFailure;
import io.github.evergrant.storage.Replacement;
import io.github.evergrant.storage.TokenStorage;
import io.github.evergrant.storage.file.JsonTokenStorage;
import io.github.evergrant.storage.memory.MemoryTokenStorage;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Fingerprint;
import io.github.evergrant.token.Scopes;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demands of section 1.10 of the Globus protocol, without the weaknesses that its section 8 numbers. */
final class TokenValidatorsTest {

    private static final Instant END = Instant.ofEpochSecond(1767398400);

    private final TokenStorage plain = MemoryTokenStorage.create();

    private TokenStorage with(TokenValidator... validators) {
        return ValidatingTokenStorage.over(plain, validators);
    }

    private static TokenData token(String resourceServer, String access) {
        return TokenData.bearer(resourceServer, Secret.of("SECRET-" + access), Expiry.at(END));
    }

    private static TokenData of(String identity, String resourceServer, String access) {
        return token(resourceServer, access).withIdentityId(identity);
    }

    private static boolean store(TokenStorage storage, TokenData... all) {
        Map<String, TokenData> next =
                List.of(all).stream().collect(Collectors.toMap(TokenData::resourceServer, data -> data));
        return storage.replace("tour", Map.of(), next);
    }

    private static boolean renew(TokenStorage storage, TokenData seen, TokenData next) {
        return storage.replace(
                "tour", Map.of(seen.resourceServer(), Fingerprint.of(seen)), Map.of(next.resourceServer(), next));
    }

    private static void assertRefused(
            Class<? extends EvergrantException> kind, String code, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(kind, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.session()).contains("tour");
                    assertThat(e.advice()).contains("log");
                })
                .hasMessageContaining("'tour'")
                .satisfies(e -> List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)))
                .hasMessageNotContaining("SECRET");
    }

    @Test
    @DisplayName("76: a token that is not there is missing, and so is one that is needed whenever all are read")
    void a_missing_token_is_reported() {
        TokenStorage storage = with(TokenValidators.present("transfer", "groups"));
        assertRefused(LoginRequired.class, "missing_token", () -> storage.read("tour", "transfer"), "'transfer'");
        assertRefused(LoginRequired.class, "missing_token", () -> storage.read("tour", "other"), "'other'");
        store(storage, token("transfer", "at"));
        assertThat(storage.read("tour", "transfer")).isPresent();
        assertRefused(LoginRequired.class, "missing_token", () -> storage.read("tour"), "'groups'");
        store(storage, token("groups", "at"));
        assertThat(storage.read("tour")).hasSize(2);
        assertThat(with(TokenValidators.present()).read("nobody")).isEmpty();
    }

    @Test
    @DisplayName("75, 83: a token that has ended is noticed before use, to the second")
    void an_ended_token_is_noticed() {
        store(plain, token("api", "at"), token("never", "at").withExpiry(Expiry.never()));
        TokenStorage atTheEnd = with(TokenValidators.notExpired(InstantSource.fixed(END.plusMillis(999))));
        assertThat(atTheEnd.read("tour")).hasSize(2);
        TokenStorage after = with(TokenValidators.notExpired(InstantSource.fixed(END.plusSeconds(1))));
        assertRefused(LoginRequired.class, "token_expired", () -> after.read("tour", "api"), "'api'", END.toString());
        assertRefused(LoginRequired.class, "token_expired", () -> after.read("tour"), "'api'");
        assertThat(after.read("tour", "never")).isPresent();
        // What has ended can be read by whoever renews, and replaced.
        TokenData seen = after.unvalidated().read("tour", "api").orElseThrow();
        TokenData next = token("api", "at-2").withExpiry(Expiry.at(END.plusSeconds(900)));
        assertThat(renew(after, seen, next)).isTrue();
        assertThat(after.read("tour", "api")).contains(next);
    }

    @Test
    void a_token_without_a_refresh_token_is_refused_where_one_is_demanded() {
        TokenStorage storage = with(TokenValidators.hasRefreshTokens());
        store(storage, token("a", "at").withRefreshToken(Secret.of("rt")), token("b", "at"));
        assertThat(storage.read("tour", "a")).isPresent();
        assertRefused(LoginRequired.class, "no_refresh_token", () -> storage.read("tour", "b"), "'b'");
        assertRefused(LoginRequired.class, "no_refresh_token", () -> storage.read("tour"), "'b'");
    }

    @Test
    @DisplayName("1.10: scopes that were not granted are named, and no others")
    void unmet_scopes_are_named_and_no_others() {
        TokenStorage storage =
                with(TokenValidators.scopes(Map.of("api", Scopes.of("met", "*optional[other]", "unmet"))));
        TokenData data = token("api", "at").withScopes(Scopes.of("met", "more"));
        assertRefused(
                LoginFailed.class,
                "unmet_scopes",
                () -> store(storage, data),
                "'api'",
                "lacks the scopes optional unmet;",
                "nothing was saved");
        assertThat(plain.exists()).isFalse();
        store(plain, data, token("free", "at"));
        assertRefused(LoginRequired.class, "unmet_scopes", () -> storage.read("tour"), "lacks the scopes optional");
        assertThat(storage.read("tour", "free")).isPresent();
        TokenData good = token("api", "at-2").withScopes(Scopes.of("unmet", "optional", "met"));
        assertThat(renew(storage, data, good)).isTrue();
        assertThat(storage.read("tour")).hasSize(2);
    }

    @Test
    void a_session_stays_one_accounts() {
        TokenStorage storage = with(TokenValidators.sameIdentity());
        store(storage, of("ada", "a", "at"));
        assertThat(store(storage, of("ada", "b", "at"))).isTrue();
        for (ThrowingCallable stranger : List.<ThrowingCallable>of(
                () -> store(storage, of("bob", "c", "at")),
                () -> renew(storage, of("ada", "a", "at"), of("bob", "a", "at-2")))) {
            assertRefused(LoginFailed.class, "other_account", stranger, "ada", "bob", "nothing was saved");
        }
        assertRefused(
                LoginFailed.class,
                "other_account",
                () -> store(storage, of("ada", "c", "at"), of("bob", "d", "at")),
                "ada",
                "bob");
        assertThat(storage.read("tour")).containsOnlyKeys("a", "b");
        // Another session is another account's.
        assertThat(storage.replace("other", Map.of(), Map.of("a", of("bob", "a", "at"))))
                .isTrue();
    }

    @Test
    void a_login_that_does_not_say_whose_it_is_is_refused() {
        TokenStorage storage = with(TokenValidators.sameIdentity());
        assertRefused(LoginFailed.class, "missing_identity", () -> store(storage, token("a", "at")), "'a'");
        store(storage, of("ada", "a", "at"));
        assertRefused(LoginFailed.class, "missing_identity", () -> store(storage, token("b", "at")), "'b'");
        assertRefused(
                LoginFailed.class,
                "missing_identity",
                () -> renew(storage, of("ada", "a", "at"), token("a", "at-2")),
                "'a'");
        assertThat(storage.read("tour", "a")).contains(of("ada", "a", "at"));
    }

    @Test
    @DisplayName("82, W8: a record without an identity, as older programs leave it, may be renewed")
    void a_record_without_an_identity_may_be_renewed() {
        store(plain, token("a", "at"));
        TokenStorage storage = with(TokenValidators.sameIdentity());
        assertThat(renew(storage, token("a", "at"), token("a", "at-2"))).isTrue();
        assertThat(storage.read("tour", "a")).contains(token("a", "at-2"));
        // A login may say at last whose it is; from then on it is theirs.
        assertThat(renew(storage, token("a", "at-2"), of("ada", "a", "at-3"))).isTrue();
        assertRefused(
                LoginFailed.class,
                "other_account",
                () -> renew(storage, of("ada", "a", "at-3"), of("bob", "a", "at-4")));
    }

    @Test
    @DisplayName("80, W7: after it was removed, a session may become another account's, in the same storage object")
    void an_identity_is_not_remembered_after_a_removal() {
        TokenStorage storage = with(TokenValidators.sameIdentity());
        store(storage, of("ada", "a", "at"));
        assertThat(storage.remove("tour")).isTrue();
        assertThat(store(storage, of("bob", "a", "at"))).isTrue();
        assertThat(renew(storage, of("bob", "a", "at"), of("bob", "a", "at-2"))).isTrue();
        assertThat(storage.replace("tour", Map.of("a", of("bob", "a", "at-2").fingerprint()), Map.of()))
                .isTrue();
        assertThat(store(storage, of("cyd", "a", "at"))).isTrue();
    }

    @Test
    @DisplayName(
            "81, W21: two identities in one session do not prevent opening; they are reported on use and can be cleared")
    void two_identities_are_reported_on_use_and_can_be_cleared() {
        store(plain, of("ada", "a", "at"), of("bob", "b", "at"));
        TokenStorage storage = with(TokenValidators.sameIdentity());
        assertThat(storage.namespaces()).containsExactly("tour");
        assertRefused(LoginRequired.class, "other_account", () -> storage.read("tour"), "ada", "bob");
        assertRefused(LoginRequired.class, "other_account", () -> storage.read("tour", "a"), "ada", "bob");
        assertRefused(LoginFailed.class, "other_account", () -> store(storage, of("ada", "c", "at")));
        assertThat(storage.remove("tour")).isTrue();
        assertThat(store(storage, of("ada", "a", "at"))).isTrue();
        assertThat(storage.read("tour")).hasSize(1);
    }

    @Test
    void a_login_that_replaces_every_record_clears_two_identities() {
        store(plain, of("ada", "a", "at"), of("bob", "b", "at"));
        TokenStorage storage = with(TokenValidators.sameIdentity());
        Map<String, Fingerprint> seen = Map.of(
                "a",
                of("ada", "a", "at").fingerprint(),
                "b",
                of("bob", "b", "at").fingerprint());
        assertThat(storage.replace("tour", seen, Map.of("a", of("ada", "a", "at-2"))))
                .isTrue();
        assertThat(storage.read("tour")).containsOnlyKeys("a");
    }

    @Test
    void what_is_refused_is_not_remembered() {
        TokenStorage storage =
                with(TokenValidators.sameIdentity(), TokenValidators.scopes(Map.of("a", Scopes.of("all"))));
        assertRefused(LoginFailed.class, "unmet_scopes", () -> store(storage, of("ada", "a", "at")));
        assertThat(plain.read("tour")).isEmpty();
        assertThat(store(storage, of("bob", "a", "at").withScopes(Scopes.of("all"))))
                .isTrue();
    }

    @Test
    void the_first_demand_that_is_not_met_is_reported() {
        store(plain, token("api", "at"));
        TokenValidator expired = TokenValidators.notExpired(InstantSource.fixed(Instant.MAX));
        TokenValidator refreshes = TokenValidators.hasRefreshTokens();
        assertRefused(
                LoginRequired.class,
                "token_expired",
                () -> with(expired, refreshes).read("tour"));
        assertRefused(
                LoginRequired.class,
                "no_refresh_token",
                () -> with(refreshes, expired).read("tour"));
        TokenStorage twice = ValidatingTokenStorage.over(with(refreshes), expired);
        assertRefused(LoginRequired.class, "no_refresh_token", () -> twice.read("tour"));
        assertThat(twice.unvalidated()).isSameAs(plain);
        assertRefused(
                LoginRequired.class,
                "token_expired",
                () -> twice.validator().afterRead(Reading.of("tour", plain.read("tour"))));
    }

    @Test
    void a_demand_may_concern_one_session_alone() {
        TokenStorage storage = with(TokenValidators.hasRefreshTokens().only("tour"));
        store(plain, token("api", "at"));
        plain.replace("other", Map.of(), Map.of("api", token("api", "at")));
        assertThat(storage.read("other")).hasSize(1);
        assertRefused(LoginRequired.class, "no_refresh_token", () -> storage.read("tour"));
        TokenStorage strict = with(TokenValidators.sameIdentity().only("tour"));
        assertThat(strict.replace("other", Map.of(), Map.of("b", token("b", "at"))))
                .isTrue();
        assertRefused(LoginFailed.class, "missing_identity", () -> store(strict, token("b", "at")));
    }

    @Test
    void a_change_that_comes_too_late_is_not_judged() {
        store(plain, token("api", "at"));
        TokenStorage storage = with(new TokenValidator() {
            @Override
            public void beforeStore(String namespace, Map<String, TokenData> stored, Replacement change) {
                throw new AssertionError("judged");
            }
        });
        assertThat(renew(storage, token("api", "other"), token("api", "at-2"))).isFalse();
        assertThat(renew(storage, token("none", "at"), token("none", "at-2"))).isFalse();
        assertThat(storage.replace("tour", Map.of("api", token("api", "at").fingerprint()), Map.of()))
                .isTrue();
    }

    @Test
    void of_many_accounts_at_once_one_comes_first_and_no_other_slips_in() throws Exception {
        TokenStorage storage = with(TokenValidators.sameIdentity());
        int many = 8;
        CyclicBarrier start = new CyclicBarrier(many);
        ExecutorService pool = Executors.newFixedThreadPool(many);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String who = "account-" + i;
                all.add(pool.submit(() -> {
                    start.await();
                    try {
                        return store(storage, of(who, "rs-" + who, "at"));
                    } catch (LoginFailed e) {
                        return false;
                    }
                }));
            }
            int kept = 0;
            for (Future<Boolean> each : all) {
                kept += each.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(kept).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        Set<String> identities = storage.read("tour").values().stream()
                .flatMap(data -> data.identity().stream())
                .collect(Collectors.toSet());
        assertThat(identities).hasSize(1);
    }

    @Test
    @DisplayName("W20: a damaged file does not prevent opening, and a bad record hides no other")
    void a_damaged_file_is_reported_on_use(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokens.json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        TokenStorage storage = ValidatingTokenStorage.over(
                JsonTokenStorage.open(file), TokenValidators.present(), TokenValidators.sameIdentity());
        Files.writeString(file, "half");
        assertThatThrownBy(() -> storage.read("tour"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("store_corrupt"));
        Files.writeString(
                file,
                "{\"data\": {\"tour\": {\"bad\": {}, \"api\": {\"resource_server\": \"api\", \"scope\": \"\","
                        + " \"access_token\": \"at\", \"expires_at_seconds\": 1}}}, \"format_version\": \"2.0\","
                        + " \"globus-sdk.version\": \"4.9.0\"}");
        assertThat(storage.read("tour")).containsOnlyKeys("api");
        assertThat(storage.read("tour", "api")).isPresent();
        assertThatThrownBy(() -> storage.read("tour", "bad"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo("token_malformed"));
        assertThat(store(storage, of("ada", "bad", "at"))).isTrue();
        assertThat(storage.read("tour")).hasSize(2);
    }
}
