package io.github.evergrant.proofs;

import io.github.evergrant.renewal.Standing;
import io.github.evergrant.token.Expiry;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import java.util.Objects;

/**
 * What a session's record holds of tokens.
 *
 * @param refresh empty when there is none
 */
record Pair(String access, String refresh) {

    static Pair of(TokenData data) {
        return new Pair(
                data.accessToken().reveal(), data.refresh().map(Secret::reveal).orElse(""));
    }

    /** What is known of a session, its answers that are not saved yet included. */
    static Pair of(Standing standing, String resourceServer) {
        return of(Objects.requireNonNull(standing.records().get(resourceServer)).data());
    }

    /** As processes tell each other of it. */
    String fingerprint() {
        return TokenData.bearer("any", Secret.of(access), Expiry.never())
                .withRefreshToken(refresh.isEmpty() ? null : Secret.of(refresh))
                .fingerprint()
                .hex();
    }

    /** Short, for what failed. */
    @Override
    public String toString() {
        return "pair " + fingerprint().substring(0, 8);
    }
}
