package io.github.evergrant.login;

import io.github.evergrant.error.InvalidInput;
import io.github.evergrant.error.Problem;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenData;
import io.github.evergrant.token.TokenResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A login by a refresh token that some other program obtained; it is used at once, which may spend it. */
public final class RefreshTokenLogin {

    private static final Pattern VSCHAR = Pattern.compile("[\\x20-\\x7e]+");

    private RefreshTokenLogin() {}

    /**
     * One request, never repeated.
     *
     * @throws InvalidInput {@code refresh_token_malformed} when it cannot be one
     * @throws io.github.evergrant.error.ProviderRefused when the provider says no
     * @throws io.github.evergrant.error.TemporarilyUnavailable when no usable answer came
     */
    public static LoginResult run(LoginRequest request, Secret refreshToken, Wire wire) {
        Secret given = Secret.of(refreshToken.reveal().strip());
        if (!VSCHAR.matcher(given.reveal()).matches()) {
            throw new InvalidInput(Problem.of("refresh_token_malformed", "that is no refresh token"));
        }
        URI endpoint = request.provider().endpoints().token();
        RefreshWay way =
                Providers.refreshWay(request.provider().id(), request.provider().refresh(), endpoint);
        Answers answers = new Answers(request.provider(), wire);
        HttpReply reply = answers.send(way.ask(new RefreshWay.Asked(
                endpoint, request.client(), given, request.provider().refresh().scopes(), null)));
        TokenResponse response = answers.tokens(reply, request.client().blotting(given));
        return Finish.with(request, keeping(given, response), LoginResult.Kind.REFRESH_TOKEN, null, wire);
    }

    /** RFC 6749 section 6: a reply without a refresh token leaves the old one in force. */
    private static TokenResponse keeping(Secret given, TokenResponse response) {
        TokenData first = response.first();
        if (first.refreshToken() != null) {
            return response;
        }
        Map<String, TokenData> all = new LinkedHashMap<>(response.byResourceServer());
        all.put(first.resourceServer(), first.withRefreshToken(given));
        return response.with(all);
    }
}
