package io.github.evergrant.login;

import io.github.evergrant.error.Problem;
import io.github.evergrant.error.ProviderRefused;
import io.github.evergrant.error.TemporarilyUnavailable;
import io.github.evergrant.http.HttpCall;
import io.github.evergrant.http.HttpFailure;
import io.github.evergrant.http.HttpReply;
import io.github.evergrant.oauth.ReplyRules;
import io.github.evergrant.oauth.TokenReplies;
import io.github.evergrant.oauth.TokenReply;
import io.github.evergrant.provider.ProviderData;
import io.github.evergrant.provider.Providers;
import io.github.evergrant.provider.RefreshWay;
import io.github.evergrant.token.Secret;
import io.github.evergrant.token.TokenResponse;
import java.util.Set;

/** Sends the requests of a login and turns what comes back into tokens or one of our exceptions. */
final class Answers {

    /** What a server may say is our code too; anything else is {@code provider_refused}. */
    private static final Set<String> KNOWN = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "invalid_scope",
            "invalid_token",
            "unauthorized_client",
            "unsupported_grant_type",
            "unsupported_token_type",
            "access_denied");

    private final ProviderData provider;
    private final Wire wire;

    Answers(ProviderData provider, Wire wire) {
        this.provider = provider;
        this.wire = wire;
    }

    /**
     * Asks for tokens, once: a server that answers nothing may have acted.
     *
     * @param sent the secrets of the call
     */
    TokenResponse tokens(HttpCall call, Secret... sent) {
        return tokens(send(call), sent);
    }

    /** The tokens of a reply that came, in the words in which the provider answers refreshes. */
    TokenResponse tokens(HttpReply reply, Secret... sent) {
        RefreshWay way = Providers.refreshWay(
                provider.id(), provider.refresh(), provider.endpoints().token());
        return tokens(way.read(reply, rules(), sent));
    }

    /** The tokens of a reply that was read. */
    TokenResponse tokens(TokenReply read) {
        if (read instanceof TokenReply.Granted granted) {
            return granted.response();
        }
        throw failure(read);
    }

    /** A successful reply to some other request than one for tokens. */
    HttpReply success(HttpCall call, Secret... sent) {
        HttpReply reply = send(call);
        if (reply.ok()) {
            return reply;
        }
        throw failure(TokenReplies.read(reply, rules(), sent));
    }

    TemporarilyUnavailable unreadable(String why) {
        return new TemporarilyUnavailable(
                Problem.of("reply_unreadable", "the reply of " + title() + " cannot be read: " + why)
                        .withAdvice("try again"),
                null);
    }

    HttpReply send(HttpCall call) {
        try {
            return wire.http().send(call, wire.deadline(), TokenReplies.MOST_BYTES);
        } catch (HttpFailure e) {
            throw e.unanswered(title());
        }
    }

    private RuntimeException failure(TokenReply reply) {
        if (reply instanceof TokenReply.Refused refused) {
            String words = refused.description().isEmpty() ? refused.error() : refused.description();
            return new ProviderRefused(Problem.of(
                            KNOWN.contains(refused.error()) ? refused.error() : "provider_refused",
                            title() + " said no: " + words)
                    .withAdvice(advice(refused.error()))
                    .withProviderCode(refused.error()));
        }
        if (reply instanceof TokenReply.Unavailable unavailable) {
            return new TemporarilyUnavailable(
                    Problem.of("provider_unavailable", title() + " does not work at the moment: " + unavailable.why())
                            .withAdvice("try again later"),
                    unavailable.retryAt());
        }
        if (reply instanceof TokenReply.Unreadable unreadable) {
            return unreadable(unreadable.why());
        }
        return unreadable("it holds tokens where none belong");
    }

    private String title() {
        return provider.title();
    }

    ReplyRules rules() {
        return new ReplyRules(provider.defaultResourceServer(), provider.defaultLifetime());
    }

    private static String advice(String error) {
        return switch (error) {
            case "invalid_client", "unauthorized_client" -> "check the client id and the client secret";
            case "invalid_grant" -> "get a new code or refresh token: this one is spent, too old, or another client's";
            case "invalid_scope" -> "ask for scopes that the client may have";
            default -> "";
        };
    }
}
