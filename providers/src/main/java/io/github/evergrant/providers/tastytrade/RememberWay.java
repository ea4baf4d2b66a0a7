package io.github.evergrant.providers.tastytrade;

import io.github.evergrant.error.LoginRequired;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.token.AccessToken;
import io.github.evergrant.token.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sessions by password go on by logging in with the remember token, which ends with that and has a successor. */
final class RememberWay implements RefreshWay {

    @Override
    public HttpCall ask(Asked asked) {
        String login = asked.username();
        if (login == null) {
            throw new LoginRequired(
                    Problem.of("username_needed", "whose remember token it is, is not known; tastytrade asks for that")
                            .withAdvice("log in by username and password"));
        }
        // Without asking for a successor there is none, and the session would end with this one.
        return login(asked.tokenEndpoint(), login, true, "remember-token", asked.refreshToken());
    }

    @Override
    public TokenReply read(HttpReply reply, ReplyRules rules, Secret... sent) {
        return SessionReplies.read(reply, rules, sent);
    }

    /** Goes by the session token alone. */
    @Override
    public Optional<HttpCall> end(URI tokenEndpoint, AccessToken token) {
        HttpCall call = Wording.bare("DELETE", tokenEndpoint).withHeader("Authorization", token.header());
        return Optional.of(call);
    }

    /**
     * A login.
     *
     * @param proofName {@code password} or {@code remember-token}
     */
    static HttpCall login(URI sessions, String login, boolean rememberMe, String proofName, Secret proof) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("login", login);
        body.put("remember-me", rememberMe);
        body.put(proofName, proof.reveal());
        return Wording.post(sessions, body);
    }
}
