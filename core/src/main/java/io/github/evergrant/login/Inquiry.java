package io.github.evergrant.login;

import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import java.net.URI;

/** What a person's browser is sent away with, and may bring the answer to. */
interface Inquiry {

    /** What to open in a browser. */
    URI page();

    /**
     * Whether a query string is an answer to what we asked: a code, or a reason why there is none. It may be anything, and is
     * asked on many threads.
     */
    boolean isAnswer(String query);

    /**
     * Fetches the tokens by one request that is never repeated.
     *
     * @throws LoginFailed {@code state_mismatch} or {@code issuer_mismatch} when the answer is not to what we asked,
     *     {@code login_denied} when the person or the server said no
     * @throws io.github.evergrant.error.ProviderRefused when the code is refused, or the client
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    LoginResult redeem(RedirectAnswer answer);

    static LoginFailed foreign() {
        return new LoginFailed(
                Problem.of("state_mismatch", "the address does not belong to this login; nothing was done")
                        .withAdvice("start again, and use the newest page"));
    }
}
