package io.github.evergrant.login;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.LoginFailed;
import io.github.evergrant.error.Problem;
import io.github.evergrant.oauth.AuthorizationUrl;
import io.github.evergrant.oauth.Cleaned;
import io.github.evergrant.oauth.OAuthRequests;
import io.github.evergrant.oauth.Pkce;
import io.github.evergrant.provider.Endpoints;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One authorization code grant: what was asked, and what is believed of the answer.
 *
 * <p>State, verifier and nonce are made here and live as long as this; another login has others.
 */
final class CodeFlow implements Inquiry {

    private static final int RANDOM_BYTES = 32;
    private static final Pattern VSCHAR = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private final LoginRequest request;
    private final Wire wire;
    private final URI redirect;
    private final Secret state = Secret.of(new State(RANDOM_BYTES).getValue());
    private final @Nullable Pkce pkce;
    private final @Nullable Secret nonce;
    private final URI authorizationUrl;

    CodeFlow(LoginRequest request, URI redirect, Wire wire) {
        this.request = request;
        this.redirect = redirect;
        this.wire = wire;
        if (request.asksForClient()) {
            throw ClientForm.unnamed(request);
        }
        URI endpoint = endpoint(request.provider());
        pkce = request.pkce() ? Pkce.generate() : null;
        boolean openid = request.scopes().values().contains("openid");
        nonce = openid ? Secret.of(new Nonce(RANDOM_BYTES).getValue()) : null;
        authorizationUrl = new AuthorizationUrl(
                        endpoint,
                        request.client(),
                        redirect,
                        request.scopes(),
                        state,
                        pkce,
                        nonce,
                        request.parameters())
                .uri();
    }

    /** @throws InvalidInput {@code no_browser_login} when it has none */
    static URI endpoint(ProviderData provider) {
        URI endpoint = provider.endpoints().authorization();
        if (endpoint == null) {
            throw new InvalidInput(
                    Problem.of("no_browser_login", provider.title() + " has no login through a browser"));
        }
        return endpoint;
    }

    @Override
    public URI page() {
        return authorizationUrl;
    }

    @Override
    public boolean isAnswer(String query) {
        try {
            RedirectAnswer answer = RedirectAnswer.parse(query);
            boolean usable = answer.get("error").isPresent()
                    || answer.get("code").filter(VSCHAR.asMatchPredicate()).isPresent();
            return usable && isOurs(answer);
        } catch (InvalidInput e) {
            return false;
        }
    }

    /** Whether an answer belongs to what we asked, whatever it says; takes the same time for every wrong one. */
    boolean isOurs(RedirectAnswer answer) {
        return answer.get("state").map(Secret::of).filter(state::equals).isPresent();
    }

    @Override
    public LoginResult redeem(RedirectAnswer answer) {
        if (!isOurs(answer)) {
            throw Inquiry.foreign();
        }
        Endpoints endpoints = request.provider().endpoints();
        Optional<String> issuer = answer.get("iss");
        if (issuer.isPresent() ? !issuer.get().equals(endpoints.issuer()) : endpoints.answersNameIssuer()) {
            throw new LoginFailed(
                    Problem.of("issuer_mismatch", "another server answered this login; nothing was done"));
        }
        if (answer.get("error").isPresent()) {
            String words = answer.get("error_description")
                    .map(it -> ": " + Cleaned.text(it))
                    .orElse("");
            throw new LoginFailed(
                    Problem.of("login_denied", request.provider().title() + " did not grant access" + words)
                            .withProviderCode(Cleaned.text(answer.get("error").orElse(""))));
        }
        return redeem(answer.get("code").orElseThrow(CodeFlow::noCode));
    }

    /** @param code as the server gave it */
    LoginResult redeem(String code) {
        if (!VSCHAR.matcher(code).matches()) {
            throw noCode();
        }
        Secret given = Secret.of(code);
        Secret verifier = pkce == null ? null : pkce.verifier();
        Answers answers = new Answers(request.provider(), wire);
        TokenResponse response = answers.tokens(
                OAuthRequests.authorizationCode(
                        request.provider().endpoints().token(), request.client(), given, redirect, verifier),
                verifier == null
                        ? request.client().blotting(given)
                        : request.client().blotting(given, verifier));
        return Finish.with(request, Finish.withScopes(request, response), LoginResult.Kind.REFRESH_TOKEN, nonce, wire);
    }

    static InvalidInput noCode() {
        return new InvalidInput(Problem.of("code_malformed", "that is no code")
                .withAdvice("copy the code, or the whole address of the page that shows it"));
    }
}
